import { readFile } from "node:fs/promises";
import { builtinProtocol, builtinProtocols, type Protocol, parseProtocol } from "@ssert/protocol";
import { CommandError } from "./errors.ts";

/** A protocol by the name of a built-in one, or by the path of a protocol file. */
export async function findProtocol(nameOrPath: string): Promise<Protocol> {
  if (isPath(nameOrPath)) return parseProtocol(await readText(nameOrPath), { source: nameOrPath });
  const builtin = builtinProtocol(nameOrPath);
  if (builtin !== undefined) return builtin;
  throw unknownProtocol(nameOrPath);
}

const isPath = (text: string): boolean => /[/\\]|\.json$/.test(text);

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError("unreadable", `cannot read the protocol file: ${reason}`, { cause: error });
  }
}
