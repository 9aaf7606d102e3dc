import type { FramingKind } from "./framing.ts";
import type { LineReader } from "./lines.ts";

/** What a block's line is about: an index into the text, on a line that begins at `start`. */
export interface Found {
  readonly kind: FramingKind;
  readonly index: number;
  readonly line: number;
  readonly start: number;
  readonly detail: string;
}

/** The characters at which a client that splits lines with its language's own function breaks; LF and CR aside. */
const LINE_SEPARATOR = /[\u0085\u2028\u2029]/;

/** Whether the text holds one of them. Three searches for one character are far faster than one for a class of them. */
export function hasLineSeparator(text: string): boolean {
  return text.includes("\u2028") || text.includes("\u2029") || text.includes("\u0085");
}

/** Looks at the lines of one block after another. */
export class BlockNotes {
  dataLines = 0;
  readonly #separators: boolean;
  #found: Found[] = [];
  #firstData: Found | undefined;
  #secondData: Found | undefined;
  #event: Found | undefined;

  /** `separators`: whether the text has a line separator at all, so that data must be searched for them. */
  constructor(separators: boolean) {
    this.#separators = separators;
  }

  /** Takes the reader's current line, which is not blank. */
  line(reader: LineReader): void {
    if (reader.is("data")) this.#data(reader);
    else if (reader.is("event")) this.#event ??= at(reader, "no-data", value(reader));
    else if (reader.is("id")) this.#once(reader, "id", value(reader));
    else if (reader.is("retry")) this.#once(reader, "retry", value(reader));
    else if (!reader.is("")) this.#once(reader, "unknown-field", short(reader.name()));
  }

  /** Ends the block: what was found in it, by place, at most one of a kind. */
  finish(): readonly Found[] {
    const found = this.#found;
    if (this.#event !== undefined) {
      if (this.#firstData === undefined) found.push(this.#event);
      else if (this.#firstData.index < this.#event.index) found.push(this.#firstData);
    }
    if (this.#secondData !== undefined) found.push({ ...this.#secondData, detail: `${this.dataLines} data lines` });
    this.dataLines = 0;
    this.#firstData = undefined;
    this.#secondData = undefined;
    this.#event = undefined;
    if (found.length > 0) this.#found = [];
    return found.length > 1 ? found.sort((one, other) => one.index - other.index) : found;
  }

  add(found: Found | undefined): void {
    if (found !== undefined) this.#found.push(found);
  }

  #data(reader: LineReader): void {
    this.dataLines += 1;
    if (this.dataLines === 1) this.#firstData = at(reader, "data-before-event", "data");
    else if (this.dataLines === 2) this.#secondData = at(reader, "multiple-data", "");
    if (!this.#separators) return;
    const start = reader.valueStart();
    const offset = reader.text.slice(start, reader.end).search(LINE_SEPARATOR);
    if (offset === -1) return;
    const code = reader.text
      .charCodeAt(start + offset)
      .toString(16)
      .toUpperCase()
      .padStart(4, "0");
    this.#once(reader, "line-separator", `U+${code}`, start + offset);
  }

  #once(reader: LineReader, kind: FramingKind, detail: string, index = reader.start): void {
    if (!this.#found.some((found) => found.kind === kind)) this.#found.push(at(reader, kind, detail, index));
  }
}

function at(reader: LineReader, kind: FramingKind, detail: string, index = reader.start): Found {
  return { kind, index, line: reader.line, start: reader.start, detail };
}

function value(reader: LineReader): string {
  return short(reader.text.slice(reader.valueStart(), reader.end));
}

/** Long enough to recognise a value in a message of one line. */
const SHORT = 60;

export function short(text: string): string {
  // Not half of a surrogate pair.
  return text.length > SHORT ? `${text.slice(0, SHORT).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
}
