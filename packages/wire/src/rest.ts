import type { Batch } from "./batch.ts";
import { short } from "./block-notes.ts";
import { firstIllFormed } from "./ill-formed.ts";
import { LineReader } from "./lines.ts";
import { noteOf, type PlacedNote } from "./notes.ts";
import { endsCut } from "./utf8.ts";

/** The notes on what follows the last blank line of a stream. */
export function restNotes(rest: Batch): readonly PlacedNote[] {
  const notes: PlacedNote[] = [];
  const { text, start, bytes } = rest;
  if (bytes !== undefined) {
    const bad = firstIllFormed(rest, bytes, start, start.line, text.length);
    if (bad !== undefined) notes.push({ before: 0, note: noteOf(bad, rest.forward(start, bad.index), undefined) });
  }
  const line = firstField(rest);
  if (line !== undefined) {
    const cut = bytes !== undefined && endsCut(bytes) ? ", cut inside a UTF-8 sequence" : "";
    const found = { kind: "unterminated", index: line.start, lineStart: line.start, line: line.number } as const;
    const detail = short(text.slice(line.start, line.end)) + cut;
    notes.push({ before: 0, note: noteOf({ ...found, detail }, rest.forward(start, line.start), undefined) });
  }
  return notes;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** The first line that is no comment, complete or not. */
function firstField({ text, hasCr, start }: Batch): Line | undefined {
  const reader = new LineReader(text, hasCr, 0, start.line);
  while (reader.advance()) {
    if (!reader.blank && !reader.is("")) return { start: reader.start, end: reader.end, number: reader.line };
  }
  const open = reader.next < text.length && !text.startsWith(":", reader.next);
  return open ? { start: reader.next, end: text.length, number: reader.line + 1 } : undefined;
}

/** The line and column behind the last character. */
export function endOf({ text, hasCr, start }: Batch): { readonly line: number; readonly column: number } {
  const reader = new LineReader(text, hasCr, 0, start.line);
  while (reader.advance());
  return { line: reader.line + 1, column: text.length - reader.next + 1 };
}
