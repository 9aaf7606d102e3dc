import type { CheckResult, Verdict } from "../run/check-result.ts";
import { describeFindings, titleOf } from "../run/describe.ts";
import type { FuzzResult } from "../verb/run-fuzz.ts";
import { signs } from "./signs.ts";

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
