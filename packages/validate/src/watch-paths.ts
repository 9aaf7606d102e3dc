import { type FSWatcher, statSync, watch } from "node:fs";
import { basename, dirname } from "node:path";
import { STDIN } from "./input.ts";

export interface Watching {
  close(): void;
}

/**
 * Calls `onChange` when something in the named folders, beside the named files, or where a glob begins changes, comes or
 * goes: often more than once for one change, and now and then for none. `onError` is told what cannot be watched any more.
 */
export function watchPaths(names: readonly string[], onChange: () => void, onError: (error: Error) => void): Watching {
  const watchers: FSWatcher[] = [];
  try {
    for (const name of names) {
      if (name === STDIN) continue;
      const { folder, only, recursive } = placeOf(name);
      const watcher = watch(folder, { recursive }, (_event, file) => {
        if (only === undefined || file === null || file === only || file === `${only}.tape`) onChange();
      });
      watchers.push(watcher.on("error", onError));
    }
  } catch (error) {
    for (const watcher of watchers) watcher.close();
    throw error;
  }
  return {
    close() {
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** A file is watched through its folder: editors and recorders put a new file in its place. */
function placeOf(name: string): { folder: string; only?: string; recursive: boolean } {
  const stats = statSync(name, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return { folder: name, recursive: true };
  if (stats || !/[*?[{]/.test(name)) {
    return { folder: dirname(name), only: basename(name).replace(/\.tape$/, ""), recursive: false };
  }
  let folder = dirname(name);
  while (/[*?[{]/.test(folder)) folder = dirname(folder);
  return { folder, recursive: true };
}
