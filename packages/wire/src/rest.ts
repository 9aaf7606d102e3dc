import type { Batch } from "./batch.ts";
import { type Found, short } from "./block-notes.ts";
import { firstIllFormed } from "./ill-formed.ts";
import { LineReader } from "./lines.ts";
import { endsCut } from "./utf8.ts";

/** What there is to note on what follows the last blank line of a stream. */
export function findInRest(rest: Batch): readonly Found[] {
  const bad = firstIllFormed(rest, 0, rest.line, rest.text.length);
  const open = unterminated(rest);
  return [bad, open].filter((found) => found !== undefined);
}

/** The first line that is no comment, complete or not. */
function unterminated({ text, line, bytes }: Batch): Found | undefined {
  const cut = bytes !== undefined && endsCut(bytes) ? ", cut inside a UTF-8 sequence" : "";
  const found = (start: number, end: number, number: number): Found => {
    return { kind: "unterminated", index: start, start, line: number, detail: short(text.slice(start, end)) + cut };
  };
  const reader = new LineReader(text, 0, line);
  while (reader.advance()) {
    if (!reader.blank && !reader.is("")) return found(reader.start, reader.end, reader.line);
  }
  const open = reader.next < text.length && !text.startsWith(":", reader.next);
  return open ? found(reader.next, text.length, reader.line + 1) : undefined;
}

/** The line and column behind the last character. */
export function endOf({ text, line }: Batch): { readonly line: number; readonly column: number } {
  const reader = new LineReader(text, 0, line);
  while (reader.advance());
  return { line: reader.line + 1, column: text.length - reader.next + 1 };
}
