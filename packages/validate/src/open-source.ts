import { openTape, type Tape } from "@ssert/tape";
import { ValidateError } from "./error.ts";
import type { Input } from "./input.ts";

/** `afterUs`: since the chunk before, as recorded. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly afterUs: number | undefined;
}

/** A stream ready to be read. */
export interface Source {
  /** Absent for standard input. */
  readonly tape?: Tape;
  readonly chunks: AsyncIterable<Chunk>;
}

/** Throws TapeError for a file that is none; ValidateError `no-stdin`. */
export async function openSource(input: Input, stdin: AsyncIterable<Uint8Array> | undefined): Promise<Source> {
  if (input.kind === "file") {
    const tape = await openTape(input.source);
    return { tape, chunks: tape.chunks() };
  }
  if (stdin === undefined) throw new ValidateError("no-stdin", "- names standard input, but none was given");
  return { chunks: untimed(stdin) };
}

async function* untimed(stdin: AsyncIterable<Uint8Array>): AsyncIterable<Chunk> {
  for await (const bytes of stdin) yield { bytes, afterUs: undefined };
}
