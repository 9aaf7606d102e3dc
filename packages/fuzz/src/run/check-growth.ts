import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { ParserAdapter, PushAdapter, Sink } from "../adapters/adapter.ts";
import { withPayloads } from "../adapters/payload.ts";
import { fromChunks, toChunks } from "../case/case.ts";
import type { GrowthProperty } from "../properties/property.ts";

/** One measured size: bytes of the stream, and what they cost. */
interface Measured {
  readonly bytes: number;
  /** Milliseconds of work, or bytes kept. */
  readonly cost: number;
}

export interface GrowthOutcome {
  /** The sizes of the last attempt. */
  readonly measured: readonly Measured[];
  /** What grew too fast; undefined for a parser in proportion. */
  readonly problem: string | undefined;
  /** What the parser said when it refused to read more, as one with a limit does. That is no problem of growth. */
  readonly refused?: string;
}

export interface GrowthOptions {
  /** Milliseconds of work of this process; CPU time by default, which others on the machine do not touch. */
  readonly clock?: () => number;
  /** Bytes in use after a collection. */
  readonly used?: () => number;
}

/** Whether work or memory grows out of proportion; by several sizes and attempts, never by one reading. */
export async function checkGrowth(
  adapter: ParserAdapter,
  drawn: GrowthProperty,
  options: GrowthOptions = {},
): Promise<GrowthOutcome> {
  const { payload } = adapter;
  const chunks = (bytes: number): Iterable<Uint8Array> =>
    payload === undefined ? drawn.chunks(bytes) : toChunks(withPayloads(fromChunks([...drawn.chunks(bytes)]), payload));
  const property = { ...drawn, chunks };
  try {
    if (property.judge === "memory" && "open" in adapter) {
      return await checkMemory(adapter, property, options.used ?? usedBytes);
    }
    return await checkWork(adapter, property, options.clock ?? cpuMilliseconds);
  } catch (error) {
    return { measured: [], problem: undefined, refused: String(error) };
  }
}

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

async function checkWork(
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

const nowhere: Sink = { event: () => {}, retry: () => {} };

// Kept bytes are compared over these sizes. A parser that keeps what it has read keeps at least half of what it was given
// more (strings may take one byte a character and share memory); one that does not keeps a few buffers, whatever the size.
const keptShare = 0.5;
const memorySizes = [1, 3, 5].map((mebibytes) => mebibytes * 1024 * 1024);

async function checkMemory(
  adapter: PushAdapter,
  { chunks }: GrowthProperty,
  used: () => number,
): Promise<GrowthOutcome> {
  let outcome: GrowthOutcome = { measured: [], problem: undefined };
  for (let attempt = 0, accused = 0; attempt < 2 * attempts && accused < attempts; attempt += 1) {
    const measured = await attemptMemory(adapter, chunks, used);
    const shares = measured.slice(1).map((size, index) => {
      const smaller = measured[index] ?? size;
      return (size.cost - smaller.cost) / (size.bytes - smaller.bytes);
    });
    // Less in use than before: something older was collected meanwhile, so this attempt says nothing.
    if (shares.some((share) => share < -0.1)) continue;
    if (shares.some((share) => share < keptShare)) return { measured, problem: undefined };
    accused += 1;
    if (accused === attempts) outcome = { measured, problem: "what the parser keeps grows with what it has read" };
  }
  return outcome;
}

async function attemptMemory(
  adapter: PushAdapter,
  chunks: GrowthProperty["chunks"],
  used: () => number,
): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  const parser = adapter.open(nowhere);
  const before = used();
  let given = 0;
  for (const bytes of memorySizes) {
    for (const chunk of chunks(bytes - given)) await parser.push(chunk);
    given = bytes;
    measured.push({ bytes, cost: used() - before });
  }
  await parser.end();
  return measured;
}

function cpuMilliseconds(): number {
  // Of this thread where Node can tell (24 and up): another thread may be testing another parser.
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}

let collect: (() => void) | undefined;

function usedBytes(): number {
  // The collector is not in reach of a script without this flag; a heap that was not collected says nothing.
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    const gc: unknown = runInNewContext("gc");
    collect = typeof gc === "function" ? () => gc() : () => {};
  }
  // Twice: buffers that the first collection finds are swept while it returns, and the second waits for that.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
