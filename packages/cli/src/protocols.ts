import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { builtinProtocols, loadBuiltinProtocol, type Protocol, parseProtocol } from "@ssert/protocol";
import type { ProtocolSource } from "@ssert/validate";
import { CommandError } from "./errors.ts";
import { nearestOf } from "./nearest.ts";

/** A protocol by the name of a built-in one (`openai-chat+azure`: a variant), or by the path of a protocol file. */
export async function findProtocol(nameOrPath: string): Promise<Protocol> {
  return (await findProtocolSource(nameOrPath)).protocol;
}

/** The same, with what it was made of: plain data, from which a thread makes it again. */
export async function findProtocolSource(nameOrPath: string): Promise<FoundProtocol> {
  if (/[/\\]|\.json$/.test(nameOrPath)) return await readProtocol(nameOrPath);
  const protocol = (await loadBuiltinProtocol(nameOrPath)) ?? (await unknownProtocol(nameOrPath));
  return { protocol, source: { kind: "builtin", name: nameOrPath } };
}

export interface FoundProtocol {
  readonly protocol: Protocol;
  readonly source: ProtocolSource;
}

async function unknownProtocol(nameOrPath: string): Promise<never> {
  const known = builtinProtocols();
  const nearest = await nearestOf(
    nameOrPath,
    known.flatMap(({ name, variants }) => [name, ...variants.map((variant) => `${name}+${variant}`)]),
  );
  const hint = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
  throw new CommandError(
    "unknown-protocol",
    `unknown protocol "${nameOrPath}"${hint}; known: ${known.map(({ name }) => name).join(", ")}; or name a protocol file, such as ./mine.json`,
  );
}

async function readProtocol(path: string): Promise<FoundProtocol> {
  const files: Record<string, unknown> = {};
  // Other files are named relative to the one that names them.
  const readJson = async (other: string): Promise<unknown> => {
    const value: unknown = JSON.parse(await readFile(join(dirname(path), other), "utf8"));
    files[other] = structuredClone(value);
    return value;
  };
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError("unreadable", `--protocol ${path}: cannot read the file: ${reason}`, { cause: error });
  }
  const protocol = await parseProtocol(text, { source: path, readSchema: readJson, readProtocol: readJson });
  return { protocol, source: { kind: "file", path, text, files } };
}
