import { stat } from "node:fs/promises";
import type { Input } from "@ssert/validate";

// V8's own flags are no part of its interface: a version that does not know one says so on stderr. Tried with 12.4 to 14.6
// (Node 22 to 26); a later V8 is left as it is, and takes some more memory and time.
const NEWEST_TRIED = 14;

/**
 * For threads. What is called once a file is not optimized, only what is called for events: to compile it took longer, in every
 * thread, than 20,000 small files made good again. A thread begins with 4 MB for new objects: from 1 MB it could not grow any
 * more, as things are set below. And it collects garbage by itself: helpers would only wait for a core. (20,000 files of 16 KB
 * took two threads 1.54 s of CPU time without, and 1.37 with these.)
 */
const MANY_FILES = [
  "--invocation-count-for-turbofan=100000",
  "--min-semi-space-size=4",
  "--no-parallel-scavenge",
  "--no-concurrent-marking",
  "--no-concurrent-sweeping",
];

/** A thousand files are worth a thread. */
const MANY = 1000;

/**
 * All that a check makes for an event is garbage at once, so that a larger space for new objects makes nothing faster: 1 GB of
 * Pokee took the same time, and 121 MB instead of 164; 100,000 files took 190 MB instead of 310.
 */
const LITTLE_MEMORY = ["--semi-space-growth-factor=1", "--heap-growing-percent=50"];

/** A stream below this is done before V8 has made the space for new objects large. */
const LONG_BYTES = 8 * 1024 * 1024;

/** Looking at more files than this takes longer than what it may spare. */
const FEW = 4;

/** So many files have been found so far. To be called before threads start. */
export function prepareForMany(files: number): void {
  if (files >= MANY) setFlags(MANY_FILES);
}

/** To be called before much has been read. Not for a short stream, since loading `node:v8` takes 2 ms. */
export async function keepMemorySmall(inputs: readonly Input[]): Promise<void> {
  if (inputs.length > FEW || (await anyLong(inputs))) setFlags(LITTLE_MEMORY);
}

function setFlags(flags: readonly string[]): void {
  if (Number.parseInt(process.versions.v8, 10) > NEWEST_TRIED) return;
  const v8 = process.getBuiltinModule("node:v8");
  for (const flag of flags) v8.setFlagsFromString(flag);
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
