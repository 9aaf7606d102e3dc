import { toPointer } from "../../payload/pointer.ts";
import { deriveRules } from "../../rules.ts";
import type { Problem } from "../problem.ts";
import type { ProtocolFile } from "../protocol-file.ts";

/** Settings for rules that the protocol does not have: a typo would leave the rule that was meant as it is. */
export function* ruleProblems(file: ProtocolFile, settings: readonly string[]): Generator<Problem> {
  const known = deriveRules(file).map(({ id }) => id);
  for (const id of settings) {
    if (known.includes(id)) continue;
    const message = `no construct of this protocol yields the rule ${JSON.stringify(id)}`;
    yield { pointer: toPointer("rules", id), onKey: true, message, word: id, known };
  }
}
