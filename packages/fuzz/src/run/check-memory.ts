import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { nowhere, type PushAdapter } from "../adapters/adapter.ts";
import type { GrowthProperty } from "../properties/property.ts";
import type { GrowthOutcome, Measured } from "./growth-outcome.ts";

// Only a parser that is accused in so many attempts keeps what it has read: a collector strikes where it likes.
const attempts = 3;

// Kept bytes are compared over these sizes. A parser that keeps what it has read keeps at least half of what it was given
// more (strings may take one byte a character and share memory); one that does not keeps a few buffers, whatever the size.
const keptShare = 0.5;
const memorySizes = [1, 3, 5].map((mebibytes) => mebibytes * 1024 * 1024);

/** Whether what a parser keeps grows with what it has read. */
export async function checkMemory(
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

let collect: (() => void) | undefined;

/** What the heap holds after a collection. */
export function usedBytes(): number {
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
