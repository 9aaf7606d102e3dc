import { stat } from "node:fs/promises";
import type { Input } from "@ssert/validate";

/** A stream below this is done before V8 has made the space for new objects large. */
const LONG_BYTES = 8 * 1024 * 1024;

/** Looking at more files than this takes longer than what it may spare. */
const FEW = 4;

/**
 * Keeps memory small where streams are long. All that a check makes for an event is garbage at once, so that a larger space
 * for new objects makes nothing faster: 1 GB of Pokee took the same time, and 121 MB instead of 164. To be called before much
 * has been read; not for a short stream, since loading `node:v8` takes 2 ms.
 */
export async function keepYoungGenerationSmall(inputs: readonly Input[]): Promise<void> {
  if (inputs.length <= FEW && !(await anyLong(inputs))) return;
  // One of V8's own flags, which are no part of its interface: where it is gone one day, the memory is what it was.
  const v8 = process.getBuiltinModule("node:v8");
  v8.setFlagsFromString("--semi-space-growth-factor=1");
  v8.setFlagsFromString("--heap-growing-percent=50");
}

async function anyLong(inputs: readonly Input[]): Promise<boolean> {
  const long = inputs.map(async ({ kind, source }) => {
    if (kind === "stdin") return true;
    // What cannot be read is told by whoever reads it.
    return await stat(source).then(
      ({ size }) => size > LONG_BYTES,
      () => false,
    );
  });
  return (await Promise.all(long)).includes(true);
}
