import { appendFile, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "@ssert/tape";
import { reasonOf } from "../errors.ts";
import { placeOf, type Target } from "./place.ts";

/** A file that is written only where there is none. */
export interface NewFile extends Target {
  readonly text: string;
  /** Whether it can be run. */
  readonly executable?: boolean;
}

/** A list of lines that is made longer, never changed. */
export interface GrowingFile extends Target {
  readonly missing: (text: string) => readonly string[];
}

export interface Written {
  readonly path: string;
  /** `failed`: it is not as it has to be, and nothing was written. */
  readonly status: "created" | "appended" | "exists" | "failed";
  /** The lines that were added. */
  readonly lines?: readonly string[];
  /** What was there is not what would have been written. */
  readonly differs?: boolean;
  /** Why it failed. */
  readonly reason?: string;
}

/** Creates the file, with its folders; one that is there stays as it is, wherever it lies. */
export async function createOnce(file: NewFile): Promise<Written> {
  const { path, text } = file;
  return await orFailed(path, async () => {
    const place = await placeOf(file);
    if (place.kind === "barred") return { path, status: "failed", reason: place.reason };
    if (place.kind !== "free") {
      const there = await readFile(path, "utf8").catch(() => undefined);
      return { path, status: "exists", differs: there !== text };
    }
    await createNew(path, text, file.executable === true ? 0o777 : 0o666);
    return { path, status: "created" };
  });
}

/** Adds what is missing at the end, with the line ends that the file has. */
export async function grow(file: GrowingFile): Promise<Written> {
  const { path, missing } = file;
  return await orFailed(path, async () => {
    const place = await placeOf(file);
    if (place.kind === "barred") return { path, status: "failed", reason: place.reason };
    const text = place.kind === "free" ? "" : await readFile(path, "utf8");
    const lines = missing(text);
    if (lines.length === 0) return { path, status: "exists" };
    if (place.kind === "outside") {
      return { path, status: "failed", reason: `${place.reason}; add to it: ${lines.join(", ")}` };
    }
    const end = text.includes("\r\n") ? "\r\n" : "\n";
    const added = lines.map((line) => line + end).join("");
    if (place.kind === "free") {
      await createNew(path, added, 0o666);
      return { path, status: "created", lines };
    }
    await appendFile(path, (text === "" || text.endsWith("\n") ? "" : end) + added);
    return { path, status: "appended", lines };
  });
}

async function createNew(path: string, text: string, mode: number): Promise<void> {
  await makeFolder(dirname(path));
  // "wx": nothing is overwritten and no link followed, whoever was quicker.
  await writeFile(path, text, { flag: "wx", mode });
}

/** One file that the system refuses keeps no other from being written. */
async function orFailed(path: string, write: () => Promise<Written>): Promise<Written> {
  try {
    return await write();
  } catch (error) {
    return { path, status: "failed", reason: reasonOf(error) };
  }
}
