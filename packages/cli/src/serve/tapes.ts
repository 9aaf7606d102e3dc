import { openTape, type Tape } from "@ssert/tape";
import { findInputs } from "@ssert/validate";
import { CommandError } from "../errors.ts";

/**
 * The tapes that files, folders and globs name, in the order in which they were recorded: that is the order in which one
 * request, made again, is answered. Those that do not say when keep the order in which they were named, and come last.
 */
export async function openTapes(inputs: readonly string[]): Promise<readonly Tape[]> {
  const found = await findInputs(inputs);
  if (found.some(({ kind }) => kind === "stdin")) {
    throw new CommandError("usage", "standard input cannot be served; save it as NAME.sse and name that");
  }
  const tapes = await Promise.all(found.map(({ source }) => openTape(source)));
  return tapes.toSorted((left, right) => recordedAt(left) - recordedAt(right) || 0);
}

/** Milliseconds; infinite where it is not known. (The difference of two unknown ones is no number, and counts as none.) */
function recordedAt({ header }: Tape): number {
  const at = Date.parse(header?.recordedAt ?? "");
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}
