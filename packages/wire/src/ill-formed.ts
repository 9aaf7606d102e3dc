import type { Batch } from "./batch.ts";
import type { Found } from "./block-notes.ts";
import { LineReader } from "./lines.ts";
import { isCut, sequenceAt } from "./utf8.ts";

/** As many bytes of a run of ill-formed ones as a message shows. */
const SHOWN = 8;

/**
 * The first ill-formed UTF-8 in the batch's text between the indices `from`, which begins a line with the number `line`,
 * and `to`. A sequence that the end of the bytes cuts is none here.
 */
export function firstIllFormed(batch: Batch, from: number, line: number, to: number): Found | undefined {
  const { text, bytes } = batch;
  if (bytes === undefined) return undefined;
  let at = batch.byteIndex(from);
  for (let index = from; index < to; index += 1) {
    const length = sequenceAt(bytes, at, bytes.length);
    if (length < 0 && !isCut(bytes, at, bytes.length)) {
      return {
        kind: "invalid-utf8",
        index,
        ...lineOf(index, new LineReader(text, from, line)),
        detail: run(bytes, at),
      };
    }
    if (length === 4) index += 1;
    at += Math.abs(length);
  }
  return undefined;
}

/** The line of `index`, complete or not. The reader stands at the beginning of a line before it. */
function lineOf(index: number, reader: LineReader): { readonly line: number; readonly start: number } {
  while (reader.advance()) if (index < reader.next) return { line: reader.line, start: reader.start };
  return { line: reader.line + 1, start: reader.next };
}

/** The run of ill-formed bytes that begins at `from`, in hex. */
function run(bytes: Uint8Array, from: number): string {
  let to = from;
  for (let length = -1; length < 0 && to < bytes.length; ) {
    length = sequenceAt(bytes, to, bytes.length);
    if (length < 0) to -= length;
  }
  const shown = bytes.subarray(from, Math.min(to, from + SHOWN));
  const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return to - from > SHOWN ? `${hex} …` : hex;
}
