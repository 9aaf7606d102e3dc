import { resolve } from "node:path";
import { FuzzError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { aliasesIn } from "../parsers/installed.ts";
import { knownParsers } from "../parsers/table.ts";

/** What `ssert fuzz` is asked to test. */
export type Target =
  /** A published parser; `installedAs` is its name in the folder where it is, an alias may change it. */
  | { readonly kind: "package"; readonly name: string; readonly installedAs: string; readonly folder: string }
  /** A module of the user's own. */
  | { readonly kind: "module"; readonly path: string }
  /** A program in any language. */
  | { readonly kind: "command"; readonly command: string; readonly folder: string }
  /** A program that is a whole client: it connects to the address in `SSERT_URL`. */
  | { readonly kind: "client"; readonly command: string; readonly folder: string };

const prefixes = { command: "cmd:", client: "http:" } as const;

/** Reads a target as it is written on the command line: `cmd:PROGRAM …`, `http:CLIENT …`, a path that starts with a dot or slash, a package. */
export function parseTarget(text: string, folder: string): Target {
  for (const kind of ["command", "client"] as const) {
    if (!text.startsWith(prefixes[kind])) continue;
    const command = text.slice(prefixes[kind].length).trim();
    if (command !== "") return { kind, command, folder };
    throw new FuzzError(
      "unknown-target",
      `${prefixes[kind]} needs a program, as in ${prefixes[kind]}python3 reader.py`,
    );
  }
  if (/^\.{0,2}[/\\]|^[A-Za-z]:[/\\]/.test(text)) return { kind: "module", path: resolve(folder, text) };
  if (knownParsers.some(({ name }) => name === text)) return { kind: "package", name: text, installedAs: text, folder };
  const alias = aliasesIn(folder).find(({ installedAs }) => installedAs === text);
  if (alias !== undefined) return { kind: "package", ...alias, folder };
  const names = knownParsers.map(({ name }) => name);
  const near = /\.[cm]?[jt]s$/.test(text) ? ` (did you mean "./${text}"?)` : didYouMean(text, names);
  throw new FuzzError(
    "unknown-target",
    `${JSON.stringify(text)} is no target${near}; give ./module.mjs, cmd:PROGRAM, http:CLIENT, or a package with an adapter: ${names.join(", ")}`,
  );
}

/** A target as a person calls it. */
export function targetName(target: Target): string {
  switch (target.kind) {
    case "package":
      return target.installedAs;
    case "module":
      return target.path;
    case "command":
    case "client":
      return `${prefixes[target.kind]}${target.command}`;
  }
}
