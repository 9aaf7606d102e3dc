import { builtinProtocols, loadBuiltinProtocol, type Protocol, parseProtocol } from "@ssert/protocol";
import { CommandError } from "./errors.ts";
import { readProtocolFile } from "./protocol-file.ts";

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
  const { text, options } = await readProtocolFile(path);
  return await parseProtocol(text, options);
}

/** The name that was most likely meant: at most half of its letters differ. */
async function nearestOf(name: string, known: readonly string[]): Promise<string | undefined> {
  const { default: leven } = await import("leven");
  const [best] = known
    .map((candidate) => ({ candidate, distance: leven(name.toLowerCase(), candidate) }))
    .filter(({ candidate, distance }) => distance <= candidate.length / 2)
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}
