import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import leven from "leven";

/** More letters off than this, or than a third of the name, and it was not what was meant. */
const MOST = 3;

/** The stream or folder beside a path that does not exist whose name is nearest to it; undefined if none is near. */
export async function similarPath(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const wanted = comparable(path);
  let least = Math.min(MOST, Math.max(1, Math.floor(wanted.length / 3))) + 1;
  let best: string | undefined;
  for (const name of (await readdir(folder).catch(() => [])).sort()) {
    const distance = leven(wanted, comparable(name), { maxDistance: least });
    if (distance < least) [best, least] = [name, distance];
  }
  return best === undefined ? undefined : join(folder, best);
}

/** Case and ending are what is most often got wrong. */
function comparable(path: string): string {
  return basename(path)
    .replace(/\.(sse|sse\.tape)$/, "")
    .toLowerCase();
}
