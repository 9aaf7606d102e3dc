import type { Field, Location } from "./event.ts";
import { LineReader } from "./lines.ts";
import { sequenceAt, utf8Length } from "./utf8.ts";

/** A place in a batch: an index into its text, and the offset in the stream of the byte that stands there. */
export interface Place {
  readonly index: number;
  readonly offset: number;
}

interface BlockStart extends Place {
  readonly line: number;
}

/**
 * Whole blocks that were decoded at one go, and where each thing in them stands.
 *
 * Nothing is computed before it is asked for. The start of each dispatched block is remembered once a walk has passed it:
 * asking for many places in order walks the text once.
 */
export class Batch {
  readonly text: string;
  readonly hasCr: boolean;
  /** Every character is one byte. */
  readonly ascii: boolean;
  /** The bytes of the text, kept only where it holds U+FFFD and may so stand for ill-formed bytes. */
  readonly bytes: Uint8Array | undefined;
  readonly start: Place & { readonly line: number };
  readonly #blocks: BlockStart[] = [];
  #reader: LineReader | undefined;
  #reached: Place;

  /** `bytes[from, to)` are what `text` was decoded from; they are copied if they are needed later. */
  constructor(text: string, offset: number, line: number, bytes: Uint8Array, from: number, to: number) {
    this.text = text;
    this.hasCr = text.includes("\r");
    this.ascii = text.length === to - from;
    this.bytes = !this.ascii && text.includes("\uFFFD") ? bytes.slice(from, to) : undefined;
    this.start = { index: 0, offset, line };
    this.#reached = this.start;
  }

  /** Where the first `data` value of the n-th dispatched block (from 0) begins. */
  location(ordinal: number): Location {
    const { reader, block } = this.#open(ordinal);
    let place: Place = block;
    while (reader.advance() && !reader.blank) {
      if (!reader.is("data")) continue;
      place = this.forward(place, reader.valueStart());
      return { offset: place.offset, line: reader.line, column: place.index - reader.start + 1 };
    }
    throw new RangeError(`the batch has no dispatched block ${ordinal}`);
  }

  /** Every line of the n-th dispatched block (from 0). */
  fields(ordinal: number): readonly Field[] {
    const { reader, block } = this.#open(ordinal);
    const fields: Field[] = [];
    let place: Place = block;
    while (reader.advance() && !reader.blank) {
      place = this.forward(place, reader.start);
      const location = { offset: place.offset, line: reader.line, column: 1 };
      place = this.forward(place, reader.valueStart());
      const valueLocation = { offset: place.offset, line: reader.line, column: place.index - reader.start + 1 };
      fields.push({ name: reader.name(), value: this.text.slice(place.index, reader.end), location, valueLocation });
    }
    return fields;
  }

  /** The place of `index`, which is not before `place` and not inside a surrogate pair. */
  forward(place: Place, index: number): Place {
    if (this.ascii) return { index, offset: place.offset + index - place.index };
    if (this.bytes === undefined) return { index, offset: place.offset + utf8Length(this.text, place.index, index) };
    const base = this.start.offset;
    let at = place.offset - base;
    for (let unit = place.index; unit < index; unit += 1) {
      const length = sequenceAt(this.bytes, at, this.bytes.length);
      if (length === 4) unit += 1;
      at += Math.abs(length);
    }
    return { index, offset: base + at };
  }

  #open(ordinal: number): { reader: LineReader; block: BlockStart } {
    this.#reader ??= new LineReader(this.text, this.hasCr, 0, this.start.line);
    let block = this.#blocks[ordinal];
    while (block === undefined) {
      this.#nextBlock(this.#reader);
      block = this.#blocks[ordinal];
    }
    return { reader: new LineReader(this.text, this.hasCr, block.index, block.line), block };
  }

  /** Walks on to the end of the next block that has data, and remembers where it begins. */
  #nextBlock(reader: LineReader): void {
    for (let index = reader.next, line = reader.line + 1, hasData = false; reader.advance(); ) {
      if (!reader.blank) {
        hasData ||= reader.is("data");
        continue;
      }
      if (hasData) {
        this.#reached = this.forward(this.#reached, index);
        this.#blocks.push({ ...this.#reached, line });
        return;
      }
      index = reader.next;
      line = reader.line + 1;
    }
    throw new RangeError("the batch has no further dispatched block");
  }
}
