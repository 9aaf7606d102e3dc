import { fromChunks, toBytes, toChunks } from "../case/case.ts";
import { escapeCase } from "../case/escape.ts";
import { properties } from "../properties/table.ts";
import type { CheckResult, PropertyResult, Verdict } from "../run/check.ts";
import type { Counterexample } from "../run/check-stream.ts";
import { describeFindings, titleOf } from "../run/describe.ts";
import type { FuzzResult } from "./run-fuzz.ts";

export const signs: Readonly<Record<Verdict, string>> = {
  pass: "✓",
  bug: "✗",
  declared: "≈",
  "internal-only": "○",
  "not-observable": "·",
};

/** For people: every finding in full, then what is declared, then a line a target. */
export function renderFuzzText({ targets }: FuzzResult): string {
  const findings = targets.filter(({ ok }) => !ok).map(describeFindings);
  const declared = targets.flatMap(describeDeclared).join("\n");
  const played = targets.flatMap(describePlayed).join("\n");
  return [...findings, declared, played, renderSummaries({ targets })].filter((part) => part !== "").join("\n\n");
}

/** A line a target. */
export function renderSummaries({ targets }: Pick<FuzzResult, "targets">): string {
  return targets.map((target) => `${summary(target)}\n`).join("");
}

/** A line a tape: what was played is told of where it passes, too. */
function describePlayed({ results }: CheckResult): readonly string[] {
  return results.flatMap(({ saved, property, verdict, reason }) => {
    if (saved === undefined) return [];
    const why = reason === undefined ? "" : `: ${reason}`;
    return [`${signs[verdict]} ${saved}: ${playedVerdicts[verdict]} (${property})${why}`];
  });
}

const playedVerdicts: Readonly<Record<Verdict, string>> = {
  pass: "passes",
  bug: "still fails",
  declared: "differs, and means to",
  "internal-only": "still fails, but not through the public entry",
  "not-observable": "not observable",
};

function describeDeclared(target: CheckResult): readonly string[] {
  return target.results
    .filter(({ verdict }) => verdict === "declared")
    .map(
      ({ property, reason }) => `${signs.declared} ${titleOf(target)} differs in ${property}, and means to: ${reason}`,
    );
}

/** A table of parsers and properties. */
export function renderMatrixText({ targets }: FuzzResult): string {
  const width = Math.max(...properties.map(({ name }) => name.length));
  const heads = targets.map(
    ({ adapter }, index) => `${String(index + 1).padStart(width + 4)}  ${titleOf({ adapter })}`,
  );
  const numbers = `${" ".repeat(width)} ${targets.map((_, index) => String(index + 1).padStart(3)).join("")}`;
  const tried = properties.filter(({ name }) =>
    targets.some(({ results }) => results.some(({ property }) => property === name)),
  );
  const rows = tried.map(({ name }) => {
    const cells = targets.map(({ results }) => results.find(({ property }) => property === name)?.verdict);
    return `${name.padEnd(width)} ${cells.map((verdict) => (verdict ? signs[verdict] : " ").padStart(3)).join("")}`;
  });
  const legend = `${signs.pass} pass  ${signs.bug} bug  ${signs.declared} declared  ${signs["internal-only"]} internal only  ${signs["not-observable"]} not observable`;
  return [...heads, "", numbers, ...rows, "", legend, ""].join("\n");
}

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

/** A counterexample's case from its chunks in the JSON. */
export function caseFromJson(chunks: readonly string[]): { readonly text: string; readonly cuts: readonly number[] } {
  return fromChunks(chunks.map((chunk) => Uint8Array.from(Buffer.from(chunk, "base64"))));
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

function summary(result: CheckResult): string {
  const seed = result.results.every(({ saved }) => saved !== undefined) ? "" : ` (seed ${result.seed})`;
  const count = (verdict: Verdict): number => result.results.filter((each) => each.verdict === verdict).length;
  const parts = [
    `${count("pass")} pass`,
    `${count("bug")} ${count("bug") === 1 ? "bug" : "bugs"}`,
    ...(count("declared") > 0 ? [`${count("declared")} declared`] : []),
    ...(count("internal-only") > 0 ? [`${count("internal-only")} internal only`] : []),
    ...(count("not-observable") > 0 ? [`${count("not-observable")} not observable`] : []),
  ];
  return `${result.ok ? signs.pass : signs.bug} ${titleOf(result)}: ${parts.join(", ")}${seed}`;
}
