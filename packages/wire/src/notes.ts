import type { Batch, Place } from "./batch.ts";
import { BlockNotes, type Found, LINE_SEPARATOR } from "./block-notes.ts";
import type { WireEvent } from "./event.ts";
import type { FramingNote } from "./framing.ts";
import { firstIllFormed } from "./ill-formed.ts";
import { LineReader } from "./lines.ts";

/** A note, and the ordinal in its batch of the event that it comes before. */
export interface PlacedNote {
  readonly before: number;
  readonly note: FramingNote;
}

/**
 * Whether nothing in the batch is worth a note, told without walking it.
 *
 * Each dispatched block with a type has at least three line ends: those of its `event`, its `data` and its blank line.
 * So if every event has a type and there are three line ends an event, the batch holds no other line.
 */
export function isPlain(batch: Batch, lineEnds: number, events: readonly WireEvent[]): boolean {
  if (lineEnds !== 3 * events.length || batch.hasCr) return false;
  for (const event of events) if (event.type === undefined) return false;
  const { text, ascii, bytes } = batch;
  if (!ascii && (bytes !== undefined || LINE_SEPARATOR.test(text))) return false;
  return !text.startsWith("data") && !text.includes("\n\ndata");
}

/** The notes on every block of the batch, in order. `events` are those that its blocks dispatched. */
export function framingNotes(batch: Batch, events: readonly WireEvent[]): readonly PlacedNote[] {
  const notes: PlacedNote[] = [];
  const reader = new LineReader(batch.text, batch.hasCr, 0, batch.start.line);
  const block = new BlockNotes(!batch.ascii && LINE_SEPARATOR.test(batch.text));
  let place: Place = batch.start;
  let begin = { index: 0, line: batch.start.line };
  for (let before = 0; reader.advance(); ) {
    if (!reader.blank) {
      block.line(reader);
      continue;
    }
    if (batch.bytes !== undefined) {
      place = batch.forward(place, begin.index);
      const bad = firstIllFormed(batch, batch.bytes, place, begin.line, reader.start);
      if (bad !== undefined) block.add(bad);
      begin = { index: reader.next, line: reader.line + 1 };
    }
    const event = block.dataLines > 0 ? events[before] : undefined;
    for (const found of block.finish()) {
      place = batch.forward(place, found.index);
      notes.push({ before, note: noteOf(found, place, event) });
    }
    if (event !== undefined) before += 1;
  }
  return notes;
}

export function noteOf(found: Found, place: Place, event: WireEvent | undefined): FramingNote {
  return {
    kind: found.kind,
    event: event && { number: event.number, type: event.type },
    location: { offset: place.offset, line: found.line, column: found.index - found.lineStart + 1 },
    detail: found.detail,
  };
}
