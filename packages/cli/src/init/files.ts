import { access, appendFile, constants, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { makeFolder } from "@ssert/tape";
import { CommandError } from "../errors.ts";

/** A file that is written only where there is none. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** Whether it can be run. */
  readonly executable?: boolean;
}

/** A list of lines that is made longer, never changed. */
export interface GrowingFile {
  readonly path: string;
  readonly missing: (text: string) => readonly string[];
}

export interface Written {
  readonly path: string;
  readonly status: "created" | "appended" | "exists";
  /** The lines that were added. */
  readonly lines?: readonly string[];
  /** What was there is not what would have been written. */
  readonly differs?: boolean;
}

/** Throws CommandError `unwritable` before anything is written if a file is missing where none can be made. */
export async function checkPlaces(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    try {
      if ((await stat(path).catch(() => undefined)) !== undefined) continue;
      await access(await nearestThere(dirname(path)), constants.W_OK);
    } catch (error) {
      throw unwritable(path, error);
    }
  }
}

async function nearestThere(folder: string): Promise<string> {
  const stats = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (stats === undefined) return await nearestThere(dirname(folder));
  if (!stats.isDirectory()) throw new Error(`${relative("", folder)} is a file, where a folder is needed`);
  return folder;
}

/** Creates the file, with its folders; one that is there stays as it is. */
export async function createOnce({ path, text, executable = false }: NewFile): Promise<Written> {
  try {
    await makeFolder(dirname(path));
  } catch (error) {
    throw unwritable(path, error);
  }
  try {
    // "wx": nothing is overwritten, whoever was quicker.
    await writeFile(path, text, { flag: "wx", mode: executable ? 0o777 : 0o666 });
    return { path, status: "created" };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw unwritable(path, error);
    const there = await readFile(path, "utf8").catch(() => undefined);
    return { path, status: "exists", differs: there !== text };
  }
}

/** Adds what is missing at the end, with the line ends that the file has. */
export async function grow({ path, missing }: GrowingFile): Promise<Written> {
  try {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    const lines = missing(text ?? "");
    if (lines.length === 0) return { path, status: "exists" };
    const end = text?.includes("\r\n") ? "\r\n" : "\n";
    const before = text === undefined || text === "" || text.endsWith("\n") ? "" : end;
    await appendFile(path, before + lines.map((line) => line + end).join(""));
    return { path, status: text === undefined ? "created" : "appended", lines };
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): CommandError {
  return CommandError.because(error, "unwritable", `init: cannot write ${relative("", path)}`);
}
