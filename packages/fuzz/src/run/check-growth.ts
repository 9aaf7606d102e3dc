import type { ParserAdapter } from "../adapters/adapter.ts";
import { withPayloads } from "../adapters/payload.ts";
import { fromChunks, toChunks } from "../case/case.ts";
import type { GrowthProperty } from "../properties/property.ts";
import { checkMemory, usedBytes } from "./check-memory.ts";
import { checkWork, cpuMilliseconds } from "./check-work.ts";
import type { GrowthOutcome } from "./growth-outcome.ts";

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
