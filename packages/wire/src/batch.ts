import type { Field, Location } from "./event.ts";
import { LineReader } from "./lines.ts";
import { plainData } from "./plain.ts";
import { sequenceAt, utf8Length } from "./utf8.ts";

/** A place in a batch: an index into its text, and the offset in the stream of the byte that stands there. */
export interface Place {
  readonly index: number;
  readonly offset: number;
}

/** Whole blocks that were decoded at one go. Where things stand in them is not computed before it is asked for. */
export class Batch {
  readonly text: string;
  /** The line in the stream that the text begins. */
  readonly line: number;
  /** The bytes of the text, kept only where it holds U+FFFD and may so stand for ill-formed bytes. */
  readonly bytes: Uint8Array | undefined;
  readonly #offset: number;
  /** Each unit of the text stands for one byte: no place need be counted out. */
  readonly bytewise: boolean;
  /** The place asked for last, and that of the block asked for last: most places are a little behind one of them. */
  #last: Place | undefined;
  #block: Place | undefined;

  /** `bytes[from, to)`, which begin at `offset` in the stream, are what `text` was decoded from. */
  constructor(text: string, line: number, offset: number, bytes: Uint8Array, from: number, to: number) {
    this.text = text;
    this.line = line;
    this.#offset = offset;
    this.bytewise = text.length === to - from;
    this.bytes = text.includes("\uFFFD") ? bytes.slice(from, to) : undefined;
  }

  /** Where the first `data` value begins of the block that begins at `index`, in the given line, and dispatched this. */
  dataLocation(index: number, line: number, type: string | undefined, data: string): Location {
    this.#block = this.place(index);
    const start = plainData(this.text, index, type, data);
    if (start !== -1) return this.location(start + 6, { line: type === undefined ? line : line + 1, start });
    const reader = new LineReader(this.text, index, line);
    do reader.advance();
    while (!reader.is("data"));
    return this.location(reader.valueStart(), reader);
  }

  /** Every line of the block that begins at `index`, in the given line. */
  fields(index: number, line: number): readonly Field[] {
    this.#block = this.place(index);
    const fields: Field[] = [];
    const reader = new LineReader(this.text, index, line);
    while (reader.advance() && !reader.blank) {
      const location = this.location(reader.start, reader);
      const valueStart = reader.valueStart();
      const value = this.text.slice(valueStart, reader.end);
      fields.push({ name: reader.name(), value, location, valueLocation: this.location(valueStart, reader) });
    }
    return fields;
  }

  /** The location of `index`, which stands in the given line and not inside a surrogate pair. */
  location(index: number, { line, start }: { readonly line: number; readonly start: number }): Location {
    return { offset: this.place(index).offset, line, column: index - start + 1 };
  }

  /** The place of `index`, which is not inside a surrogate pair. */
  place(index: number): Place {
    if (this.bytewise) return { index, offset: this.#offset + index };
    const near = [this.#last, this.#block].find((place) => place !== undefined && place.index <= index);
    this.#last = this.#forward(near ?? { index: 0, offset: this.#offset }, index);
    return this.#last;
  }

  #forward(from: Place, index: number): Place {
    if (this.bytes === undefined) return { index, offset: from.offset + utf8Length(this.text, from.index, index) };
    let at = from.offset - this.#offset;
    for (let unit = from.index; unit < index; unit += 1) {
      const length = sequenceAt(this.bytes, at, this.bytes.length);
      if (length === 4) unit += 1;
      at += Math.abs(length);
    }
    return { index, offset: this.#offset + at };
  }

  /** The place in `bytes` of `index`. */
  byteIndex(index: number): number {
    return this.place(index).offset - this.#offset;
  }
}
