import type { Batch } from "./batch.ts";
import { BlockNotes, type Found, hasLineSeparator } from "./block-notes.ts";
import { firstIllFormed } from "./ill-formed.ts";
import { LineReader } from "./lines.ts";
import { plainEnd } from "./plain.ts";

/** Takes what is noted on a block, in order; `dispatches`: the block is the one that dispatched the event at hand. */
export type TakeFound = (batch: Batch, found: Found, dispatches: boolean) => void;

/**
 * Follows the parser through a batch: which block each event comes from, and what there is to note on the blocks.
 *
 * A block in the common form is passed in a few comparisons; all others are read line by line.
 */
export class BlockWalk {
  /** Where the block of the event at hand begins: an index into the batch's text, and its line in the stream. */
  blockIndex = 0;
  blockLine = 1;
  /** The type of the event at hand. */
  type: string | undefined;
  /** The line behind the blocks passed so far. */
  line = 1;
  readonly #take: TakeFound | undefined;
  #index = 0;
  /** The text holds characters that are noted wherever they stand, so that no block may be passed unread. */
  #suspicious = false;
  #separators = false;
  #reader: LineReader | undefined;

  constructor(take: TakeFound | undefined) {
    this.#take = take;
  }

  begin(batch: Batch): void {
    this.#index = 0;
    this.#reader = undefined;
    if (this.#take === undefined) return;
    this.#separators = !batch.bytewise && hasLineSeparator(batch.text);
    this.#suspicious = this.#separators || batch.bytes !== undefined;
  }

  /** Lets go of the batch. */
  end(): void {
    this.#reader = undefined;
    this.type = undefined;
  }

  /** No block of the batch may be passed unread. */
  get suspicious(): boolean {
    return this.#suspicious;
  }

  /** Passes a block of the common form, which ends at `end`, unread. */
  pass(type: string | undefined, end: number): void {
    this.type = type;
    this.blockIndex = this.#index;
    this.blockLine = this.line;
    this.#index = end;
    this.line += type === undefined ? 2 : 3;
  }

  /** Passes the blocks up to the next one that dispatches: it has this type and this data. */
  next(batch: Batch, type: string | undefined, data: string): void {
    this.type = type;
    const end = this.#suspicious ? -1 : plainEnd(batch.text, this.#index, type, data);
    if (end === -1) {
      this.#read(batch);
      return;
    }
    this.pass(type, end);
  }

  /** Passes the blocks that are left before `end`, none of which dispatches. */
  finish(batch: Batch, end: number): void {
    if (this.#index < end) this.#read(batch, end);
  }

  /** Reads blocks to the end of the next one that dispatches, or to `end`. */
  #read(batch: Batch, end = batch.text.length): void {
    this.#reader ??= new LineReader(batch.text, 0, 0);
    const reader = this.#reader;
    reader.jump(this.#index, this.line);
    const notes = new BlockNotes(this.#separators);
    this.blockIndex = this.#index;
    this.blockLine = this.line;
    while (reader.next < end && reader.advance()) {
      if (!reader.blank) {
        notes.line(reader);
        continue;
      }
      const dispatches = notes.dataLines > 0;
      if (this.#take !== undefined) {
        notes.add(firstIllFormed(batch, this.blockIndex, this.blockLine, reader.start));
        for (const found of notes.finish()) this.#take(batch, found, dispatches);
      }
      if (dispatches) break;
      this.blockIndex = reader.next;
      this.blockLine = reader.line + 1;
    }
    this.#index = reader.next;
    this.line = reader.line + 1;
  }
}
