import * as fs from "node:fs";
import { unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { alreadyExists } from "./availability.ts";
import { systemCode, TapeError } from "./error.ts";
import { makeFolder } from "./make-folder.ts";
import type { TapePaths } from "./paths.ts";

/** The open files of a tape that is being written, as descriptors: a FileHandle costs several times as much a call. */
export interface TapeFiles {
  readonly body: number;
  readonly lines: number;
}

const openFile = promisify(fs.open);

/** Recordings hold what users said: for their owner only. */
const MODE = 0o600;

/**
 * Creates both files, new and empty. The body comes first, so that at no moment the lines of one tape stand beside the body
 * of another. Throws TapeError `exists` or `write-failed`, and leaves no file behind then.
 */
export async function createFiles(paths: TapePaths, force: boolean): Promise<TapeFiles> {
  if (force) {
    // Removed, not truncated: a truncated file would keep its old mode, and a link its target.
    await remove(paths.lines);
    await remove(paths.body);
  }
  const body = await createFile(paths.body);
  try {
    return { body, lines: await createFile(paths.lines) };
  } catch (error) {
    fs.closeSync(body);
    await remove(paths.body);
    throw error;
  }
}

async function createFile(path: string): Promise<number> {
  try {
    return await openFile(path, "wx", MODE);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw cannotCreate(path, error);
  }
  try {
    await makeFolder(dirname(path));
    return await openFile(path, "wx", MODE);
  } catch (error) {
    throw cannotCreate(path, error);
  }
}

async function remove(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw cannotCreate(path, error);
  }
}

function cannotCreate(path: string, cause: unknown): TapeError {
  if (systemCode(cause) === "EEXIST") return alreadyExists(path, cause);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TapeError("write-failed", `cannot create ${path} (${reason}); choose a folder that can be written to`, {
    cause,
  });
}

/** Writes all of it, in order: a write may stop short where the disk is nearly full. */
export function write(file: number, pieces: readonly Uint8Array[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const writeRest = (rest: readonly Uint8Array[]): void => {
      fs.writev(file, rest, (error, written) => {
        const left = error ? [] : after(rest, written);
        if (error) reject(error);
        else if (left.length > 0) writeRest(left);
        else resolve();
      });
    };
    writeRest(pieces);
  });
}

/** What is left of the pieces after so many bytes. */
function after(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  return pieces.flatMap((piece) => {
    const skipped = Math.min(skip, piece.length);
    skip -= skipped;
    return skipped < piece.length ? [piece.subarray(skipped)] : [];
  });
}

/**
 * Closes both at once, without the detour over a thread: closing a local file waits for nothing, and the detour costs ten
 * times as much.
 */
export function close(files: TapeFiles): void {
  fs.closeSync(files.body);
  fs.closeSync(files.lines);
}
