import { access } from "node:fs/promises";
import { join } from "node:path";
import { writeSyntheticTape } from "../sent/write-tape.ts";
import type { Filling, FillStream } from "./fill.ts";

export interface SaveFillingOptions {
  /** Where the tapes go; it is made if it is not there. */
  readonly dir: string;
  /** What the tapes say they were made with, such as `ssert 1.0.0`. */
  readonly tool: string;
  /** The protocol's name, for the tapes' headers. */
  readonly protocol: string;
  readonly now?: () => Date;
}

/**
 * Writes the streams of a filling as tapes, and returns their paths. What is in the folder already is left as it is: a name that
 * is taken gets a number.
 */
export async function saveFilling({ streams }: Filling, options: SaveFillingOptions): Promise<readonly string[]> {
  const written: string[] = [];
  for (const stream of streams) written.push(await saveStream(stream, options));
  return written;
}

async function saveStream(stream: FillStream, { dir, ...options }: SaveFillingOptions): Promise<string> {
  const path = await freePath(join(dir, stream.name));
  await writeSyntheticTape(path, stream, options);
  return path;
}

async function freePath(base: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = `${number === 1 ? base : `${base}-${number}`}.sse`;
    const taken = await access(path).then(
      () => true,
      () => false,
    );
    if (!taken) return path;
  }
}
