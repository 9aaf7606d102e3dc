import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import leven from "leven";

/** More letters off than this, or than a third of the name, and it was not what was meant. */
const MOST = 3;

/** The stream or folder beside a path that does not exist whose name is nearest to it; undefined if none is near. */
export async function similarPath(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const wanted = basename(path);
  let least = Math.min(MOST, Math.max(1, Math.floor(stem(wanted).length / 3))) + 1;
  let best: string | undefined;
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.sort()) {
    const distance = Math.min(distanceOf(wanted, name), distanceOf(stem(wanted), stem(name)));
    if (distance < least) [best, least] = [name, distance];
  }
  return best === undefined ? undefined : join(folder, best);
}

/** Case and ending are what is most often got wrong. */
function stem(name: string): string {
  return name.replace(/\.sse(\.tape)?$/i, "");
}

function distanceOf(a: string, b: string): number {
  return leven(a.toLowerCase(), b.toLowerCase(), { maxDistance: MOST + 1 });
}
