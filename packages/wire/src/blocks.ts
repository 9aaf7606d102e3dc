import { CR, firstBlockEnd, LF, lastBlockEnd } from "./bytes.ts";

/** Takes whole blocks: `bytes[from, to)`, the first of which begins at `offset` in the stream. Valid during the call. */
export type TakeBlocks = (bytes: Uint8Array, from: number, to: number, offset: number) => void;

/** A chunk is worked off in pieces of this size, so that what is derived from it stays in the processor's cache. */
const WINDOW = 64 * 1024;
/** Small enough to be free, large enough that a stream of ordinary events never grows it. */
const INITIAL = 4096;
/** A buffer beyond this is given back once its block is done, so that one huge event does not stay for the stream's life. */
const KEEP = 1024 * 1024;

/**
 * Cuts a stream behind its last blank line so far and keeps the rest, the unfinished block.
 *
 * Blocks are handed on as many at a time as a piece of a chunk completes. The rest is copied into a buffer that grows by
 * doubling, so that the work is linear in the bytes however small the chunks are.
 */
export class BlockSplitter {
  /** Where the unfinished block begins in the stream. */
  offset = 0;
  readonly #limit: number;
  readonly #take: TakeBlocks;
  #buffer: Uint8Array = new Uint8Array(INITIAL);
  #length = 0;
  /** The last block ended with a CR: an LF that follows belongs to the same line end, and to no block. */
  #afterCr = false;

  constructor(limit: number, take: TakeBlocks) {
    this.#limit = limit;
    this.#take = take;
  }

  /** Takes a chunk; false if a block exceeds the limit. The blocks before it have then been handed on. */
  push(chunk: Uint8Array): boolean {
    // The unfinished block is the buffer and then `chunk[from, at)`.
    let from = this.#skipLineFeed(chunk, 0);
    for (let at = from; at < chunk.length; ) {
      const to = Math.min(at + WINDOW, chunk.length);
      const before = at > from ? chunk[at - 1] : this.#last();
      // Only where a block might exceed the limit are blocks told apart one by one.
      const crowded = this.#length + to - from > this.#limit;
      const end = crowded ? firstBlockEnd(chunk, at, to, before) : lastBlockEnd(chunk, at, to, before);
      if (crowded && (end === -1 || this.#length + end - from > this.#limit)) return false;
      at = to;
      if (end === -1) continue;
      this.#complete(chunk, from, end);
      from = at = this.#skipLineFeed(chunk, end);
    }
    if (from < chunk.length) this.#append(chunk, from, chunk.length);
    return true;
  }

  /** The bytes of the unfinished block. Valid until the next push. */
  rest(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #complete(chunk: Uint8Array, from: number, end: number): void {
    const offset = this.offset;
    this.#afterCr = chunk[end - 1] === CR;
    if (this.#length === 0) {
      this.offset += end - from;
      this.#take(chunk, from, end, offset);
      return;
    }
    this.#append(chunk, from, end);
    const { length, buffer } = { length: this.#length, buffer: this.#buffer };
    this.offset += length;
    this.#length = 0;
    if (buffer.length > KEEP) this.#buffer = new Uint8Array(INITIAL);
    this.#take(buffer, 0, length, offset);
  }

  #append(chunk: Uint8Array, from: number, to: number): void {
    const length = this.#length + to - from;
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(length, this.#buffer.length * 2));
      larger.set(this.rest());
      this.#buffer = larger;
    }
    this.#buffer.set(from === 0 && to === chunk.length ? chunk : chunk.subarray(from, to), this.#length);
    this.#length = length;
  }

  #skipLineFeed(chunk: Uint8Array, at: number): number {
    if (!this.#afterCr || at >= chunk.length) return at;
    this.#afterCr = false;
    if (chunk[at] !== LF) return at;
    this.offset += 1;
    return at + 1;
  }

  /** The byte before the next one. A block begins as if after an LF: what it begins with may be a blank line. */
  #last(): number | undefined {
    return this.#length === 0 ? LF : this.#buffer[this.#length - 1];
  }
}
