import type { Finding } from "@ssert/report";
import { type Tape, type TapeProblemCode, verifyTape } from "@ssert/tape";

const RULES: Record<TapeProblemCode, string> = {
  "hash-mismatch": "tape/edited",
  "length-mismatch": "tape/edited",
  "crlf-damage": "tape/crlf-damage",
  "chunk-sum-mismatch": "tape/chunk-sum",
  "bad-line": "tape/bad-line",
  unfinished: "tape/unfinished",
};

/**
 * What is wrong with the recording itself. Warnings: the bytes are judged as they are, but whoever relies on the fixture
 * should know that they are not those which the server sent.
 */
export async function tapeFindings(tape: Tape): Promise<readonly Finding[]> {
  const problems = await verifyTape(tape);
  return problems.map(({ code, message }) => ({ rule: RULES[code], severity: "warning", message }));
}
