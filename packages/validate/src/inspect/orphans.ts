import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** One of a tape's two files without the other. */
export interface Orphan {
  readonly path: string;
  /** `no-body`: `NAME.sse.tape` without its `NAME.sse`, of no use. `no-lines`: a bare `.sse`, which is a valid input. */
  readonly kind: "no-body" | "no-lines";
}

/** Files in a folder, at any depth, that lack the other half of a tape. Folders that cannot be listed have none. */
export async function orphansIn(folder: string): Promise<readonly Orphan[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const all = new Set(names.filter((name) => !/(?:^|[/\\])(?:node_modules|\.git)[/\\]/.test(name)));
  const orphans = [...all].flatMap((name): Orphan[] => {
    if (name.endsWith(".sse.tape") && !all.has(name.slice(0, -".tape".length))) {
      return [{ path: join(folder, name), kind: "no-body" }];
    }
    return name.endsWith(".sse") && !all.has(`${name}.tape`) ? [{ path: join(folder, name), kind: "no-lines" }] : [];
  });
  return orphans.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
