/**
 * The fuzzer: how many cases a second a fast parser is given, and how long a default run takes. There is no other such
 * fuzzer to compare with; the other side of each row is what was promised.
 *
 *     node --conditions=@ssert/source bench/fuzz.ts
 */
import { fileURLToPath } from "node:url";
import type { ParserAdapter } from "../packages/fuzz/src/adapters/adapter.ts";
import { wireAdapter } from "../packages/fuzz/src/adapters/wire.ts";
import { loadKnownParser } from "../packages/fuzz/src/parsers/load.ts";
import { properties } from "../packages/fuzz/src/properties/table.ts";
import { checkParser } from "../packages/fuzz/src/run/check.ts";
import type { BenchRow } from "./row.ts";

const promisedRate = 50_000;
const promisedSeconds = 10;
const seed = 1;
const root = fileURLToPath(new URL("..", import.meta.url));

export async function benchFuzz(): Promise<BenchRow[]> {
  const pure = await loadKnownParser("eventsource-parser", root);
  return [
    await rate("fuzz: calls of wire on one core, drawing and judging included"),
    await defaultRun("fuzz: a default run of wire", wireAdapter),
    await defaultRun("fuzz: a default run of eventsource-parser, shrinking included", pure),
  ];
}

const rounds = 3;

/** Every property of which wire can show something by one call a case; those of work and memory are measured, not drawn. */
async function rate(what: string): Promise<BenchRow> {
  const drawn = properties.filter((property) => !("chunks" in property)).map(({ name }) => name);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now();
    const { ok, results } = await checkParser(wireAdapter, { seed: seed + round, runs: 1000, properties: drawn });
    if (!ok) throw new Error("wire should have no bug");
    const calls = results.reduce((sum, { runs }) => sum + runs, 0);
    rates.push((1000 * calls) / (performance.now() - begin));
  }
  const median = rates.toSorted((one, other) => one - other)[rounds >> 1] ?? Number.NaN;
  const shown = (calls: number): string => `${Math.round(calls).toLocaleString("en")} calls/s`;
  return {
    what,
    gate: 1,
    aim: 1.5,
    ratio: median / promisedRate,
    ours: shown(median),
    theirs: `≥ ${shown(promisedRate)}`,
  };
}

async function defaultRun(what: string, adapter: ParserAdapter): Promise<BenchRow> {
  const begin = performance.now();
  await checkParser(adapter, { seed });
  const seconds = (performance.now() - begin) / 1000;
  const ratio = promisedSeconds / seconds;
  return { what, gate: 1, aim: 2, ratio, ours: `${seconds.toFixed(1)} s`, theirs: `≤ ${promisedSeconds} s` };
}

if (import.meta.main) {
  for (const { what, ratio, ours, theirs } of await benchFuzz()) {
    console.log(`${what.padEnd(66)} ${ratio.toFixed(2)}  ${ours} (${theirs})`);
  }
}
