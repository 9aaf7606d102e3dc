import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { openSavedTape, type SavedTape } from "./saved-case.ts";

/** The counterexamples in a folder, by name; none where there is no folder yet. Tapes of something else are left out. */
export async function savedTapesIn(folder: string): Promise<readonly SavedTape[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
  const tapes = names.filter((name) => name.endsWith(".sse")).sort();
  const cases = await Promise.all(tapes.map((name) => openSavedTape(join(folder, name))));
  return cases.filter(({ facts }) => facts !== undefined);
}

/** The name of a counterexample's files: the parser's, then the property's. */
export function savedName(parser: string, property: string): string {
  const words = parser
    .replace(/^.*[/\\](?=[^/\\]+\.[cm]?[jt]s$)|^cmd:/, "")
    .replace(/[^\w.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  // Some file systems take 255 bytes; a command may be longer.
  return `${words.slice(0, 80) || "parser"}--${property.replace("/", "--")}`;
}
