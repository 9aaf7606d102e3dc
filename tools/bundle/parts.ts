import { basename } from "node:path";
import type { BuildResult } from "esbuild";

/** A file of a bundle as esbuild split it; all are in one folder, and are called by their names without `./`. */
interface Part {
  readonly text: string;
  readonly exports: readonly string[];
  /** What is read together with it. */
  readonly imports: readonly string[];
  /** The source that it begins with, if that is started or is imported when it is asked for. */
  readonly entryPoint: string | undefined;
}

export type Parts = ReadonlyMap<string, Part>;

export function partsOf({ outputFiles, metafile }: BuildResult<{ metafile: true; write: false }>): Parts {
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  return new Map(
    Object.entries(metafile.outputs).map(([path, { exports, imports, entryPoint }]) => {
      const together = imports.filter(({ kind, external }) => kind === "import-statement" && external !== true);
      const text = texts.get(basename(path)) ?? "";
      return [basename(path), { text, exports, imports: together.map((other) => basename(other.path)), entryPoint }];
    }),
  );
}

/** The part that begins with a source. */
export function partOf(parts: Parts, source: string): string {
  for (const [name, { entryPoint }] of parts) if (entryPoint === source) return name;
  throw new Error(`${source} is not imported by anything that asks for it when it is needed`);
}

/** Parts and all that is read together with them. */
export function withImports(names: readonly string[], parts: Parts): ReadonlySet<string> {
  const all = new Set<string>();
  const add = (name: string): void => {
    if (all.has(name)) return;
    all.add(name);
    for (const other of parts.get(name)?.imports ?? []) add(other);
  };
  for (const name of names) add(name);
  return all;
}
