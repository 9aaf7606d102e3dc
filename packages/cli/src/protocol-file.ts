import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DefinitionOptions } from "@ssert/protocol";
import { CommandError } from "./errors.ts";

/** The text of a protocol file, and how to reach the files that it names, which lie beside or below it. */
export interface ReadProtocolFile {
  readonly text: string;
  readonly options: DefinitionOptions;
}

/** More than any protocol or schema: the library refuses a text of more than 8 MiB, this a file that would not be worth reading. */
const LARGEST = 32 * 1024 * 1024;

export async function readProtocolFile(path: string): Promise<ReadProtocolFile> {
  const other = (named: string): Promise<string> => readText(join(dirname(path), named));
  try {
    return { text: await readText(path), options: { source: path, readSchema: other, readProtocol: other } };
  } catch (error) {
    throw CommandError.because(error, "unreadable", `${path}: cannot read the protocol file`);
  }
}

async function readText(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > LARGEST) throw new Error(`it has ${size} bytes; no protocol file is larger than ${LARGEST}`);
    const bytes = await file.readFile();
    const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    try {
      return utf8.decode(bytes);
    } catch (cause) {
      throw new Error(`it is not UTF-8: ${whatElse(bytes)}`, { cause });
    }
  } finally {
    await file.close();
  }
}

function whatElse(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return "it is UTF-16; save it as UTF-8";
  const lossy = new TextDecoder("utf-8").decode(bytes);
  const line = lossy.slice(0, lossy.indexOf("\uFFFD")).split("\n").length;
  return `line ${line} has bytes of another encoding; save it as UTF-8`;
}
