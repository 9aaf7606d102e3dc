import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { ValidateError } from "./error.ts";

/** What no one means when naming a folder: other people's files. */
const SKIPPED = new Set(["node_modules", ".git"]);

export function isSkipped(path: string): boolean {
  return SKIPPED.has(basename(path));
}

/** Told now and then how many have been found so far. */
export type OnFound = (files: number) => void;

/**
 * Every `*.sse` below a folder, sorted by path; pipes, sockets and devices are left out, since no recording is one. Links are
 * followed, but each real folder is listed once, by its own path where that is below the folder too: a loop of links ends, and
 * nothing depends on the order that the system lists in.
 */
export async function streamsIn(folder: string, onFound?: OnFound): Promise<string[]> {
  const found: string[] = [];
  const visited = new Set<string>();
  const linked: string[] = [];

  async function walk(path: string): Promise<void> {
    const real = await realpath(path);
    if (visited.has(real)) return;
    visited.add(real);
    const prefix = join(path, sep); // once: joining 20,000 paths took as long as listing them
    for (const entry of await list(path)) {
      if (SKIPPED.has(entry.name)) continue;
      const child = prefix + entry.name;
      if (entry.isDirectory()) await walk(child);
      else if (entry.isSymbolicLink()) await follow(child);
      else if (entry.isFile() && child.endsWith(".sse")) found.push(child);
    }
    onFound?.(found.length);
  }

  /** A link that leads nowhere is taken if its name ends in `.sse`: reading it will say so. */
  async function follow(link: string): Promise<void> {
    const stats = await stat(link).catch(() => undefined);
    if (stats?.isDirectory()) linked.push(link);
    else if ((stats?.isFile() ?? true) && link.endsWith(".sse")) found.push(link);
  }

  await walk(folder);
  for (let link = linked.shift(); link !== undefined; link = linked.sort().shift()) await walk(link);
  return found.sort();
}

async function list(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ValidateError("unreadable", `cannot list ${path} (${reason}); check its permissions`, { cause });
  }
}
