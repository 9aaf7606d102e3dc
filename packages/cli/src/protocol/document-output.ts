import { writeFile } from "node:fs/promises";
import { CommandError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";

/** A document goes to standard output, or to the file that was asked for. */
export async function deliverDocument(text: string, path: string | undefined, terminal: Terminal): Promise<void> {
  if (path === undefined) {
    terminal.out(text);
    return;
  }
  try {
    await writeFile(path, text);
  } catch (error) {
    throw CommandError.because(error, "unwritable", `-o ${path}: cannot write the file`);
  }
}
