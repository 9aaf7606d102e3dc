import { resolve } from "node:path";
import { FuzzError } from "../error.ts";
import { hintFor } from "../hint.ts";
import { aliasesIn } from "../parsers/installed.ts";
import { knownParsers } from "../parsers/table.ts";
import { prefixes, type Target } from "./target.ts";

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
  const near = /\.[cm]?[jt]s$/.test(text) ? ` (did you mean "./${text}"?)` : hintFor(text, names);
  throw new FuzzError(
    "unknown-target",
    `${JSON.stringify(text)} is no target${near}; give ./module.mjs, cmd:PROGRAM, http:CLIENT, or a package with an adapter: ${names.join(", ")}`,
  );
}
