import { openTape, type Tape } from "@ssert/tape";
import { findInputs } from "@ssert/validate";
import { CommandError } from "./errors.ts";

/** The tapes that files, folders and globs name, in that order; within a folder by path. */
export async function openTapes(inputs: readonly string[]): Promise<readonly Tape[]> {
  const found = await findInputs(inputs);
  if (found.some(({ kind }) => kind === "stdin")) {
    throw new CommandError("usage", "standard input cannot be served; save it as NAME.sse and name that");
  }
  return await Promise.all(found.map(({ source }) => openTape(source)));
}
