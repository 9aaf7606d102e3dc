import { toBytes, toChunks } from "../case/case.ts";
import { escapeCase } from "../case/escape.ts";
import type { PropertyResult } from "../run/check-result.ts";
import type { Counterexample } from "../run/check-stream.ts";
import type { FuzzResult } from "../verb/run-fuzz.ts";

/** For programs. Bytes of a case come as base64, a string a chunk, and escaped for reading. */
export function renderFuzzJson({ ok, seed, targets }: FuzzResult): string {
  const document = {
    ssert: 1,
    ok,
    seed,
    targets: targets.map(({ adapter, ok: right, results }) => ({
      name: adapter.name,
      version: adapter.version ?? null,
      ok: right,
      results: results.map(resultDocument),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function resultDocument({ growth, publicEntry, ...result }: PropertyResult): object {
  const { property, verdict, runs, reason, saved, counterexample } = result;
  return {
    property,
    verdict,
    runs,
    ...(reason !== undefined && { reason }),
    ...(saved !== undefined && { tape: saved }),
    ...(counterexample !== undefined && { counterexample: counterexampleDocument(counterexample) }),
    ...(growth !== undefined && { growth }),
    ...(publicEntry !== undefined && { publicEntry }),
  };
}

function counterexampleDocument({ case: candidate, mismatch, path, found, confirmed }: Counterexample): object {
  return {
    chunks: toChunks(candidate).map((chunk) => Buffer.from(chunk).toString("base64")),
    escaped: escapeCase(candidate),
    bytes: toBytes(candidate.text).length,
    ...mismatch,
    path,
    found,
    confirmed,
  };
}
