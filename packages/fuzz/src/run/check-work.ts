import { nowhere, type ParserAdapter } from "../adapters/adapter.ts";
import type { GrowthProperty } from "../properties/property.ts";
import type { GrowthOutcome, Measured } from "./growth-outcome.ts";

// Four times the size is four times the work of a linear parser and sixteen times that of a quadratic one. Two steps
// up to 6 times acquit, one from 9 times on accuses, else the next size decides. Only a parser that is accused in every
// attempt has a bug: other programs, the compiler and the collector do not strike three times at the same place.
const growthPerStep = 4;
const fineFactor = 6;
const badFactor = 9;
const attempts = 3;
// A size counts once it takes this long: below, the clock and the compiler say more than the parser.
const measurableMs = 5;
const smallestBytes = 16 * 1024;
// A linear parser that needs less than `measurableMs` for this much is fast enough not to be asked further.
const largestBytes = 4 * 1024 * 1024;

/** Whether the work grows faster than the stream. */
export async function checkWork(
  adapter: ParserAdapter,
  property: GrowthProperty,
  clock: () => number,
): Promise<GrowthOutcome> {
  let outcome: GrowthOutcome = { measured: [], problem: undefined };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    outcome = await attemptWork(adapter, property, clock);
    if (outcome.problem === undefined) break;
  }
  return outcome;
}

async function attemptWork(
  adapter: ParserAdapter,
  property: GrowthProperty,
  clock: () => number,
): Promise<GrowthOutcome> {
  const measured: Measured[] = [];
  let fineSteps = 0;
  for (let repetition = 0; repetition < 3; repetition += 1) {
    await workOf(adapter, property, smallestBytes, clock, Number.POSITIVE_INFINITY);
  }
  for (let bytes = smallestBytes; bytes <= largestBytes; bytes *= growthPerStep) {
    const before = measured.at(-1)?.cost ?? 0;
    const counts = before >= measurableMs;
    // What is above the limit need not be waited for to the end.
    const limit = counts ? before * badFactor : Number.POSITIVE_INFINITY;
    const cost = await workOf(adapter, property, bytes, clock, limit);
    measured.push({ bytes, cost });
    if (!counts) continue;
    const factor = cost / before;
    if (factor <= fineFactor) fineSteps += 1;
    if (fineSteps === 2) break;
    if (factor < badFactor) continue;
    return { measured, problem: `${growthPerStep} times the bytes took ${factor.toFixed(1)} times the work, or more` };
  }
  return { measured, problem: undefined };
}

async function workOf(
  adapter: ParserAdapter,
  { chunks }: GrowthProperty,
  bytes: number,
  clock: () => number,
  limit: number,
): Promise<number> {
  const stream = [...chunks(bytes)];
  let least = Number.POSITIVE_INFINITY;
  for (let repetition = 0; repetition < 2; repetition += 1) {
    const start = clock();
    await readThrough(adapter, stream, () => clock() - start > limit);
    least = Math.min(least, clock() - start);
    if (least > 20 * measurableMs) break;
  }
  return least;
}

async function readThrough(
  adapter: ParserAdapter,
  chunks: readonly Uint8Array[],
  enough: () => boolean,
): Promise<void> {
  if ("open" in adapter) {
    const parser = adapter.open(nowhere);
    for (const [index, chunk] of chunks.entries()) {
      const pending = parser.push(chunk);
      if (pending !== undefined) await pending;
      if (index % 16 === 0 && enough()) return;
    }
    await parser.end();
  } else if ("read" in adapter) {
    const source = async function* (): AsyncGenerator<Uint8Array> {
      for (const [index, chunk] of chunks.entries()) {
        yield chunk;
        if (index % 16 === 0 && enough()) return;
      }
    };
    for await (const _ of adapter.read(source(), nowhere));
  } else {
    const answer = await adapter.parse(chunks);
    if (Symbol.asyncIterator in answer) for await (const _ of answer);
  }
}

/** Of this thread where Node can tell (24 and up): another thread may be testing another parser. */
export function cpuMilliseconds(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}
