import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";
import type { ParserAdapter } from "../adapters/adapter.ts";
import { FuzzError } from "../error.ts";
import type { Load } from "./known-parser.ts";
import { knownParsers } from "./table.ts";

/**
 * The adapter of a published parser, resolved from `folder` as a module in that folder would resolve it.
 * `installedAs` is its name there, where an alias gives it another.
 */
export async function loadKnownParser(
  name: string,
  folder: string,
  installedAs: string = name,
): Promise<ParserAdapter> {
  const known = knownParsers.find((parser) => parser.name === name);
  if (known === undefined) {
    const names = knownParsers.map((parser) => parser.name).join(", ");
    throw new FuzzError(
      "unknown-target",
      `no adapter for a package called ${JSON.stringify(name)}; there are: ${names}`,
    );
  }
  const version = installedVersion(installedAs, folder);
  if (version === undefined) {
    throw new FuzzError(
      "not-installed",
      `${installedAs} is not installed in ${folder}; run: npm install ${installedAs}`,
    );
  }
  return { ...(await known.load(importsFrom(folder), installedAs)), version };
}

/** `import()` as it works in a module of that folder. */
function importsFrom(folder: string): Load {
  // A script has a file name to resolve from, which `import.meta.resolve` does not take.
  const script = new Script("(specifier) => import(specifier)", {
    filename: pathToFileURL(join(folder, "imports.js")).href,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext();
}

/** The version of the package that a module in `folder` would get; undefined where there is none. */
export function installedVersion(name: string, folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const manifest = join(at, "node_modules", name, "package.json");
    if (existsSync(manifest)) {
      const { version }: { version?: string } = JSON.parse(readFileSync(manifest, "utf8"));
      return version;
    }
    if (at === dirname(at)) return undefined;
  }
}
