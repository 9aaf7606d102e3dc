import { basename } from "node:path";
import type { Plugin } from "esbuild";
import { type Parts, partOf, withImports } from "./parts.ts";

/** Parts that become one file. */
interface Group {
  readonly file: string;
  /** Among them the part that the file is called by, if it is called by one: what that exports keeps its name. */
  readonly parts: ReadonlySet<string>;
  /** Parts that come along and are run when they are asked for. */
  readonly asked: ReadonlySet<string>;
}

/** A build that makes some of the files: what to begin with, and where esbuild finds it. */
export interface Step {
  readonly entryPoints: { readonly in: string; readonly out: string }[];
  readonly plugin: Plugin;
}

/**
 * esbuild splits a bundle so finely that a run of `validate` would read 30 files: what one set of verbs shares is a file of its own.
 * This joins what `main` reads to `start.js`, what the verb `quick` reads beside it to that verb's file, and takes what it
 * `asks` for into that, to be run when it is asked for. No module is there twice: errors are told apart by their classes.
 */
export function joinParts(parts: Parts, sources: { main: string; quick: string; asks: string }): readonly Step[] {
  const main = partOf(parts, sources.main);
  const quick = partOf(parts, sources.quick);
  const asks = partOf(parts, sources.asks);
  const start = without(withImports([main], parts), [main]);
  const beside = without(withImports([quick, asks], parts), [...start, main, asks]);
  const groups: readonly Group[] = [
    { file: "start.js", parts: start, asked: new Set() },
    { file: quick, parts: beside, asked: new Set([asks]) },
  ];
  const rest = [...parts].filter(([name, { entryPoint }]) => entryPoint !== undefined && name !== quick);
  return [
    ...groups.map((group) => ({ entryPoints: [entry(group.file)], plugin: partsPlugin(parts, groups, group) })),
    { entryPoints: rest.map(([name]) => entry(name)), plugin: partsPlugin(parts, groups) },
  ];
}

const entry = (file: string): { readonly in: string; readonly out: string } => ({
  in: `./${file}`,
  out: basename(file, ".js"),
});

function without(names: ReadonlySet<string>, others: readonly string[]): ReadonlySet<string> {
  return new Set([...names].filter((name) => !others.includes(name)));
}

/** Gives esbuild the parts, of which those of a group are `own`, and those of other groups are in other files. */
function partsPlugin(parts: Parts, groups: readonly Group[], own?: Group): Plugin {
  const files = new Set(groups.map(({ file }) => file));
  const asked = (name: string): Group | undefined => groups.find((group) => group.asked.has(name));
  const elsewhere = (name: string): Group | undefined => groups.find((group) => group !== own && group.parts.has(name));
  return {
    name: "parts of a bundle",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\// }, ({ path, kind, importer, namespace }) => {
        const name = basename(path);
        if (kind === "entry-point" && own !== undefined) return { path: name, namespace: "joined" };
        if (namespace === "face" || namespace === "asked") return { path, external: true };
        if (kind === "dynamic-import" && (own === undefined ? files.has(name) : !own.asked.has(name))) {
          return { path, external: true };
        }
        if (own === undefined && asked(name) !== undefined) return { path: name, namespace: "asked" };
        // Each part has one for itself: esbuild would make a file of one that several import.
        if (elsewhere(name) !== undefined) return { path: name, namespace: "face", suffix: `?${importer}` };
        return { path: name, namespace: "part" };
      });
      onLoad({ filter: /./, namespace: "part" }, ({ path }) => ({ contents: parts.get(path)?.text ?? "" }));
      onLoad({ filter: /./, namespace: "joined" }, () => ({ contents: own ? joinedText(own, parts) : "" }));
      onLoad({ filter: /./, namespace: "face" }, ({ path }) => {
        return { contents: faceText(path, parts.get(path)?.exports ?? [], elsewhere(path)?.file ?? "") };
      });
      onLoad({ filter: /./, namespace: "asked" }, ({ path }) => {
        return { contents: askedText(path, parts.get(path)?.exports ?? [], asked(path)?.file ?? "") };
      });
    },
  };
}

/** Names in a joined file: two parts may export the same one. */
const joinedName = (part: string, name: string): string => `${part.replaceAll(/\W/g, "_")}_${name}`;

function joinedText(group: Group, parts: Parts): string {
  const lines = [...group.parts].map((name) => {
    const own = (parts.get(name)?.exports ?? []).flatMap((own) => {
      const alias = `${own} as ${joinedName(name, own)}`;
      return name === group.file ? [own, alias] : [alias];
    });
    return own.length === 0 ? `import "./${name}";` : `export { ${own.join(", ")} } from "./${name}";`;
  });
  const loads = [...group.asked].map((name) => `export const ${joinedName(name, "load")} = () => import("./${name}");`);
  return [...lines, ...loads].join("\n");
}

/** A part of another file, as those import it that are not joined with it. */
function faceText(name: string, exports: readonly string[], file: string): string {
  const list = exports.map((own) => `${joinedName(name, own)} as ${own}`);
  return list.length === 0 ? `import "./${file}";` : `export { ${list.join(", ")} } from "./${file}";`;
}

/** What another file holds and runs when it is asked for, as a file of its own. */
function askedText(name: string, exports: readonly string[], file: string): string {
  const load = joinedName(name, "load");
  const lines = exports.map((own) => `export const ${own} = module.${own};`);
  return `import { ${load} } from "./${file}";\nconst module = await ${load}();\n${lines.join("\n")}`;
}
