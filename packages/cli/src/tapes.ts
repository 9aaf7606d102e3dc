import { openTape, type Tape } from "@ssert/tape";
import { findInputs } from "@ssert/validate";

/** The tapes that files, folders and globs name, in that order; within a folder by path. */
export async function openTapes(inputs: readonly string[]): Promise<readonly Tape[]> {
  const found = await findInputs(inputs);
  return await Promise.all(found.map(({ path }) => openTape(path)));
}
