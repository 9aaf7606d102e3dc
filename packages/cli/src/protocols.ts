import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { builtinProtocols, loadBuiltinProtocol, type Protocol, parseProtocol } from "@ssert/protocol";
import { CommandError } from "./errors.ts";
import { nearestOf } from "./nearest.ts";

/** A protocol by the name of a built-in one (`openai-chat+azure`: a variant), or by the path of a protocol file. */
export async function findProtocol(nameOrPath: string): Promise<Protocol> {
  if (/[/\\]|\.json$/.test(nameOrPath)) return await readProtocol(nameOrPath);
  return (await loadBuiltinProtocol(nameOrPath)) ?? (await unknownProtocol(nameOrPath));
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

async function readProtocol(path: string): Promise<Protocol> {
  // Other files are named relative to the one that names them.
  const readJson = async (other: string): Promise<unknown> =>
    JSON.parse(await readFile(join(dirname(path), other), "utf8"));
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError("unreadable", `--protocol ${path}: cannot read the file: ${reason}`, { cause: error });
  }
  return await parseProtocol(text, { source: path, readSchema: readJson, readProtocol: readJson });
}
