import type { Batch, Place } from "./batch.ts";
import type { Found } from "./block-notes.ts";
import { LineReader } from "./lines.ts";
import { isCut, sequenceAt } from "./utf8.ts";

/** As many bytes of a run of ill-formed ones as a message shows. */
const SHOWN = 8;

/**
 * The first ill-formed UTF-8 from `from`, which begins a line with the number `line`, to the index `to`.
 * A sequence that the end of the bytes cuts is none here.
 */
export function firstIllFormed(
  batch: Batch,
  bytes: Uint8Array,
  from: Place,
  line: number,
  to: number,
): Found | undefined {
  let at = from.offset - batch.start.offset;
  for (let index = from.index; index < to; index += 1) {
    const length = sequenceAt(bytes, at, bytes.length);
    if (length < 0 && !isCut(bytes, at, bytes.length)) {
      const reader = new LineReader(batch.text, batch.hasCr, from.index, line);
      while (reader.next <= index && reader.advance());
      // The line of `index` may be the last one, without its end.
      const within = index < reader.next && reader.next > from.index;
      const lineStart = within ? reader.start : reader.next;
      return {
        kind: "invalid-utf8",
        index,
        line: within ? reader.line : reader.line + 1,
        lineStart,
        detail: run(bytes, at),
      };
    }
    if (length === 4) index += 1;
    at += Math.abs(length);
  }
  return undefined;
}

/** The run of ill-formed bytes that begins at `from`, in hex. */
function run(bytes: Uint8Array, from: number): string {
  let to = from;
  for (let length = -1; length < 0 && to < bytes.length; ) {
    length = sequenceAt(bytes, to, bytes.length);
    if (length < 0) to -= length;
  }
  const hex = Array.from(bytes.subarray(from, Math.min(to, from + SHOWN)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return hex.join(" ") + (to - from > SHOWN ? " …" : "");
}
