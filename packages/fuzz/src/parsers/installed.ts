import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Target } from "../targets/target.ts";
import { installedVersion } from "./load.ts";
import { knownParsers } from "./table.ts";

type PackageTarget = Extract<Target, { kind: "package" }>;

/**
 * The published parsers with an adapter that a module in `folder` could import, in the order of their names. Those that its
 * package.json installs under another name (`"npm:eventsource-parser@3"`) are there too.
 */
export function installedParsers(folder: string): readonly PackageTarget[] {
  const names = knownParsers.map(({ name }) => ({ name, installedAs: name }));
  return [...names, ...aliasesIn(folder)]
    .filter(({ installedAs }) => installedVersion(installedAs, folder) !== undefined)
    .map(({ name, installedAs }) => ({ kind: "package" as const, name, installedAs, folder }))
    .toSorted((left, right) => (left.installedAs < right.installedAs ? -1 : 1));
}

/** The parsers with an adapter that the folder's package.json installs under another name. */
export function aliasesIn(folder: string): readonly { readonly name: string; readonly installedAs: string }[] {
  const manifest = readManifest(join(folder, "package.json"));
  return Object.entries({ ...manifest.devDependencies, ...manifest.dependencies })
    .map(([installedAs, range]) => ({ installedAs, name: /^npm:(@?[^@]+)/.exec(range)?.[1] ?? installedAs }))
    .filter(({ name, installedAs }) => name !== installedAs && knownParsers.some((known) => known.name === name));
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** A manifest that cannot be read names no aliases. */
function readManifest(path: string): Manifest {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return {};
  }
}
