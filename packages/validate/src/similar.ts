import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { nearestWord } from "@ssert/protocol";

/** The stream or folder beside a path that does not exist whose name is nearest to it; undefined if none is near. */
export async function similarPath(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const wanted = basename(path);
  const names = (await readdir(folder).catch((): string[] => [])).sort();
  const best = nearestWord(wanted, names) ?? nearestStem(stem(wanted), names);
  return best === undefined ? undefined : join(folder, best);
}

/** The ending is what is most often left out. */
function nearestStem(wanted: string, names: readonly string[]): string | undefined {
  const meant = nearestWord(wanted, names.map(stem));
  return names.find((name) => stem(name) === meant);
}

function stem(name: string): string {
  return name.replace(/\.sse(\.tape)?$/i, "");
}
