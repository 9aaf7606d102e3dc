import {
  builtinProtocols,
  type DefinitionOptions,
  loadBuiltinProtocol,
  nearestWord,
  type Protocol,
  parseProtocol,
} from "@ssert/protocol";
import type { ProtocolSource } from "@ssert/validate";
import { CommandError } from "./errors.ts";
import { readProtocolFile } from "./protocol-file.ts";

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
  const nearest = nearestWord(
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
  const { text, options } = await readProtocolFile(path);
  const files: Record<string, unknown> = {};
  const keeping = (read: DefinitionOptions["readSchema"]) => async (named: string) => {
    files[named] = await read?.(named);
    return files[named];
  };
  const { readSchema, readProtocol: readBase } = options;
  const kept = { ...options, readSchema: keeping(readSchema), readProtocol: keeping(readBase) };
  return { protocol: await parseProtocol(text, kept), source: { kind: "file", path, text, files } };
}
