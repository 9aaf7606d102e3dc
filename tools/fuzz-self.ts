// Holds the fuzzer and the wire decoder against each other's grain (`pnpm fuzz:self [--cases N] [--seed S] [--seeds N]`):
//
//   1. wire and the planted parsers' right original against the oracle, N cases each (a million by default);
//   2. each planted bug: caught under its property by the default number of runs, with every one of so many seeds.
import { parseArgs } from "node:util";
import { adapterOf, Parser, type Planted } from "../packages/fuzz/planted/parser.ts";
import { plantedBugs } from "../packages/fuzz/planted/table.ts";
import type { ParserAdapter } from "../packages/fuzz/src/adapters/adapter.ts";
import { wireAdapter } from "../packages/fuzz/src/adapters/wire.ts";
import { properties } from "../packages/fuzz/src/properties/table.ts";
import { checkParser } from "../packages/fuzz/src/run/check.ts";
import { describeFindings } from "../packages/fuzz/src/run/describe.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "20" },
  },
});
const seed = Number(values.seed);
const longestCounterexample = 24;

/** Cases are shared out evenly; properties that are measured, not drawn, are tried once, those of clients not at all. */
async function againstTheOracle(adapter: ParserAdapter, cases: number): Promise<boolean> {
  const shares = properties.map((property) => {
    if ("chunks" in property || property.judge === "resume") return 0;
    return property.share ?? 1;
  });
  const runs = Math.ceil(cases / shares.reduce((sum, share) => sum + share, 0));
  const start = performance.now();
  const result = await checkParser(adapter, { seed, runs });
  const seconds = (performance.now() - start) / 1000;
  const judged = result.results.reduce((sum, { runs: count }) => sum + count, 0);
  const rate = Math.round(judged / seconds);
  console.log(`${adapter.name}: ${judged} cases, seed ${seed}, ${seconds.toFixed(1)} s (${rate} a second)`);
  for (const { property, verdict, reason } of result.results) {
    if (verdict !== "pass") console.log(`  ${verdict} ${property}${reason === undefined ? "" : `: ${reason}`}`);
  }
  if (!result.ok) console.log(describeFindings(result));
  return result.ok;
}

interface Hunt {
  readonly bug: Planted;
  readonly missed: readonly number[];
  readonly tooLong: readonly number[];
  /** Runs to the first counterexample, ascending. */
  readonly found: readonly number[];
}

async function hunt(bug: Planted, seeds: readonly number[]): Promise<Hunt> {
  const missed: number[] = [];
  const tooLong: number[] = [];
  const found: number[] = [];
  for (const each of seeds) {
    const { results } = await checkParser(bug.adapter, { seed: each, properties: [bug.property] });
    const result = results.find(({ property }) => property === bug.property);
    if (result?.verdict !== "bug") missed.push(each);
    if (result?.counterexample === undefined) continue;
    found.push(result.counterexample.found);
    if (bug.inBytes && result.counterexample.case.text.length > longestCounterexample) tooLong.push(each);
  }
  return { bug, missed, tooLong, found: found.sort((a, b) => a - b) };
}

let failed = false;
for (const adapter of [wireAdapter, adapterOf("the planted parsers' original", Parser)]) {
  failed = !(await againstTheOracle(adapter, Number(values.cases))) || failed;
}

const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
console.log(
  `\n${plantedBugs.length} planted bugs, ${seeds.length} seeds: runs to the first counterexample, median and most`,
);
for (const bug of plantedBugs) {
  // Work and memory are measured, not drawn: a seed changes nothing.
  const measured = bug.property.startsWith("work/") || bug.property.startsWith("memory/");
  const { missed, tooLong, found } = await hunt(bug, measured ? seeds.slice(0, 3) : seeds);
  const runs = measured ? "measured" : `${found[found.length >> 1] ?? "–"} / ${found.at(-1) ?? "–"}`;
  const problems = [
    ...(missed.length > 0 ? [`MISSED with seeds ${missed.join(", ")}`] : []),
    ...(tooLong.length > 0 ? [`over ${longestCounterexample} bytes with seeds ${tooLong.join(", ")}`] : []),
  ];
  failed ||= problems.length > 0;
  console.log([bug.property.padEnd(24), runs.padEnd(10), bug.adapter.name, ...problems].join("  "));
}
process.exitCode = failed ? 1 : 0;
