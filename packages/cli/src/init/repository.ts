import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder and its parents up to the top of its git repository; the folder alone where there is no repository. */
export function upToTop(folder: string): readonly string[] {
  const way = [folder];
  for (let at = folder; !existsSync(join(at, ".git")); ) {
    const parent = dirname(at);
    if (parent === at) return [folder];
    way.push(parent);
    at = parent;
  }
  return way;
}

/** Whether the folder is in a git repository. */
export function inRepository(way: readonly string[]): boolean {
  return existsSync(join(way.at(-1) ?? "", ".git"));
}
