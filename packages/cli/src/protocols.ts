import { readFile } from "node:fs/promises";
import { builtinProtocol, builtinProtocols, type Protocol } from "@ssert/protocol";
import { CommandError } from "./errors.ts";

/** A protocol by the name of a built-in one, or by the path of a protocol file. */
export async function findProtocol(nameOrPath: string): Promise<Protocol> {
  if (/[/\\]|\.json$/.test(nameOrPath)) return await readProtocol(nameOrPath);
  const builtin = builtinProtocol(nameOrPath);
  if (builtin !== undefined) return builtin;
  const known = builtinProtocols().map(({ name }) => name);
  const nearest = await nearestOf(nameOrPath, known);
  throw new CommandError(
    "unknown-protocol",
    `unknown protocol "${nameOrPath}"${nearest === undefined ? "" : `, did you mean ${nearest}?`}; ` +
      `known: ${known.join(", ")}; or name a protocol file, such as ./my-protocol.json`,
  );
}

/** Compiling a protocol file takes a JSON Schema compiler, which built-in protocols need not wait for. */
async function readProtocol(path: string): Promise<Protocol> {
  const { parseProtocol } = await import("@ssert/protocol/definition");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError("unreadable", `--protocol ${path}: cannot read the file: ${reason}`, { cause: error });
  }
  return parseProtocol(text, { source: path });
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
