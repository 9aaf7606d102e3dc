import type { Stats } from "node:fs";
import { lstat, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";

/** Where a file is to be: under a folder that is there, of a project that must not be left by a link. All absolute. */
export interface Target {
  readonly path: string;
  readonly base: string;
  readonly project: string;
}

/** `outside`: a file that only a link out of the project leads to. `barred`: what stands there is no file and lets none be made. */
export type Place =
  | { readonly kind: "free" | "file" }
  | { readonly kind: "outside" | "barred"; readonly reason: string };

/** What stands at a target and on the way to it. Throws what the system says where it does not let one look. */
export async function placeOf({ path, base, project }: Target): Promise<Place> {
  const names = relative(base, path).split(sep);
  let at = base;
  for (const [index, name] of names.entries()) {
    at = join(at, name);
    const shown = names.slice(0, index + 1).join("/");
    const last = index === names.length - 1;
    const own = await lstatOf(at);
    if (own === undefined) return { kind: "free" };
    const link = own.isSymbolicLink() ? await linkAt(at, project) : undefined;
    if (link !== undefined && link.stats === undefined) {
      return { kind: "barred", reason: `${shown} is a link that leads nowhere` };
    }
    const stats = link?.stats ?? own;
    const outside = link?.out === true ? `${shown} is a link out of the project` : undefined;
    if (!last && !stats.isDirectory()) {
      return { kind: "barred", reason: `${shown} is ${nameOf(stats)}, where a folder is needed` };
    }
    if (last && !stats.isFile()) {
      return { kind: "barred", reason: `${shown} is ${nameOf(stats)}, where a file is needed` };
    }
    if (outside !== undefined) return { kind: last ? "outside" : "barred", reason: outside };
  }
  return { kind: "file" };
}

async function lstatOf(path: string): Promise<Stats | undefined> {
  return await lstat(path).catch(nothing);
}

/** What a link leads to; without `stats` nowhere. */
async function linkAt(path: string, project: string): Promise<{ readonly stats: Stats | undefined; out: boolean }> {
  const stats = await stat(path).catch(nothing);
  if (stats === undefined) return { stats, out: false };
  const inside = relative(await realpath(project), await realpath(path));
  return { stats, out: inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside) };
}

function nothing(error: NodeJS.ErrnoException): undefined {
  // ELOOP: a link to itself.
  if (error.code !== "ENOENT" && error.code !== "ENOTDIR" && error.code !== "ELOOP") throw error;
}

function nameOf(stats: Stats): string {
  if (stats.isDirectory()) return "a folder";
  return stats.isFile() ? "a file" : "a pipe, a socket or a device";
}
