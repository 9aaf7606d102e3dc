import { closeSync, openSync, readSync, statSync } from "node:fs";

/** A session of an agent, as a rule. Above it, reading in blocks costs less than the memory. */
const SMALL_BYTES = 256 * 1024;

/**
 * Whether a file is small and no `NAME.sse.tape` stands beside it. Without waiting: 20,000 such files, opened and read with
 * `node:fs/promises`, took 7.8 s, of which the streams took 0.5.
 */
export function isSmallBareFile(path: string): boolean {
  const stats = quietStats(path);
  // Opening a pipe would wait for its writer.
  return stats?.isFile() === true && stats.size <= SMALL_BYTES && quietStats(`${path}.tape`) === undefined;
}

/** Undefined for what is not there, and where anything else is wrong: the long way then says what. */
function quietStats(path: string): ReturnType<typeof statSync> {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** One for all: a new one for each of 20,000 files keeps the garbage collector busy for a quarter of the time. */
const buffer = Buffer.allocUnsafeSlow(SMALL_BYTES + 1);

/**
 * The whole of a small file, in a buffer that the next call uses again: done with before anything is awaited. Undefined for a
 * file that has grown meanwhile, or cannot be read: the long way then does, or says why not.
 */
export function readSmallFile(path: string): Uint8Array | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    let read = 0;
    for (let got = -1; got !== 0 && read < buffer.length; read += got) {
      got = readSync(file, buffer, read, buffer.length - read, null);
    }
    return read > SMALL_BYTES ? undefined : buffer.subarray(0, read);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
