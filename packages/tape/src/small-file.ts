import { closeSync, openSync, readSync, statSync } from "node:fs";

// Without waiting: 20,000 small files, opened and read with `node:fs/promises`, took 7.8 s, of which the streams took 0.5.

/** A session of an agent, as a rule. Above it, reading in blocks costs less than the memory. */
export const SMALL_BYTES: number = 256 * 1024;

/** The size of a small regular file. `other`: a larger one, a folder, a pipe (opening it would wait for its writer). */
export function smallSize(path: string): number | "absent" | "other" {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return "absent";
    return stats.isFile() && stats.size <= SMALL_BYTES ? stats.size : "other";
  } catch {
    return "other";
  }
}

/**
 * Reads a file into a buffer of more than `size` bytes. Undefined if the file does not have so many any more, or cannot be
 * read: whoever reads it in blocks then does, or says why not.
 */
export function readWhole(path: string, size: number, buffer: Buffer): Buffer | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    // One byte more than there should be: a file that has grown meanwhile shows.
    return readSync(file, buffer, 0, size + 1, null) === size ? buffer.subarray(0, size) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
