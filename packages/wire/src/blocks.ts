import { CR, firstBlockEnd, LF, lastBlockEnd } from "./bytes.ts";

/** Takes whole blocks: `bytes[from, to)`, the first of which begins at `offset` in the stream. Valid during the call. */
export type TakeBlocks = (bytes: Uint8Array, from: number, to: number, offset: number) => void;

/** A large chunk is worked off in pieces of this size, so that what is derived from it stays in the processor's cache. */
const WINDOW = 64 * 1024;
/** Chunks up to this size are copied as a whole: cutting them costs more than copying them (measured with 64 bytes). */
const SMALL = 1024;
/** Large enough that small chunks with ordinary events move its content rarely. */
const INITIAL = 8 * 1024;
/** A stream that comes in large chunks with whole blocks, as a small file does, needs no buffer. */
const NOTHING = new Uint8Array(0);
/** A buffer beyond this is given back once its block is done, so that one huge event does not stay for the stream's life. */
const KEEP = 1024 * 1024;

/**
 * Cuts a stream behind its last blank line so far and keeps the rest, the unfinished block.
 *
 * Blocks are handed on as many at a time as a piece of a chunk completes. The rest is kept in a buffer that grows by
 * doubling, so that the work is linear in the bytes however small the chunks are.
 */
export class BlockSplitter {
  /** Where the unfinished block begins in the stream. */
  offset = 0;
  readonly #limit: number;
  readonly #take: TakeBlocks;
  /** The unfinished block is `#buffer[#start, #end)`. */
  #buffer: Uint8Array = NOTHING;
  #start = 0;
  #end = 0;
  /** The last block ended with a CR: an LF that follows belongs to the same line end, and to no block. */
  #afterCr = false;

  constructor(limit: number, take: TakeBlocks) {
    this.#limit = limit;
    this.#take = take;
  }

  /** Takes a chunk; false if a block exceeds the limit. The blocks before it have then been handed on. */
  push(chunk: Uint8Array): boolean {
    if (chunk.length <= SMALL && this.#end - this.#start + chunk.length <= this.#limit) {
      this.#pushSmall(chunk);
      return true;
    }
    // The unfinished block is the buffer's and then `chunk[from, at)`.
    let from = this.#skipLineFeed(chunk, 0, chunk.length);
    for (let at = from; at < chunk.length; ) {
      const to = Math.min(at + WINDOW, chunk.length);
      const before = at > from ? chunk[at - 1] : this.#last();
      const kept = this.#end - this.#start;
      // Only where a block might exceed the limit are blocks told apart one by one.
      const crowded = kept + to - from > this.#limit;
      const end = crowded ? firstBlockEnd(chunk, at, to, before) : lastBlockEnd(chunk, at, to, before);
      if (crowded && (end === -1 || kept + end - from > this.#limit)) return false;
      at = to;
      if (end === -1) continue;
      if (kept === 0) {
        this.#complete(chunk, from, end);
      } else {
        this.#append(chunk.subarray(from, end));
        this.#complete(this.#buffer, this.#start, this.#end);
        this.#start = this.#end;
        this.#settle();
      }
      from = at = this.#skipLineFeed(chunk, end, chunk.length);
    }
    if (from < chunk.length) this.#append(chunk.subarray(from));
    return true;
  }

  /** The bytes of the unfinished block. Valid until the next push. */
  rest(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  #pushSmall(chunk: Uint8Array): void {
    this.#append(chunk);
    let from = this.#end - chunk.length;
    if (this.#afterCr) from = this.#start = this.#skipLineFeed(this.#buffer, from, this.#end);
    const before = from > this.#start ? this.#buffer[from - 1] : LF;
    const end = lastBlockEnd(this.#buffer, from, this.#end, before);
    if (end === -1) return;
    this.#complete(this.#buffer, this.#start, end);
    this.#start = this.#skipLineFeed(this.#buffer, end, this.#end);
    this.#settle();
  }

  #complete(bytes: Uint8Array, from: number, end: number): void {
    const offset = this.offset;
    this.offset += end - from;
    this.#afterCr = bytes[end - 1] === CR;
    this.#take(bytes, from, end, offset);
  }

  #append(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#buffer.length) this.#makeRoom(piece.length);
    this.#buffer.set(piece, this.#end);
    this.#end += piece.length;
  }

  #makeRoom(bytes: number): void {
    const rest = this.rest();
    const needed = rest.length + bytes;
    // A buffer that is more than half full would have to be moved again soon.
    if (needed > this.#buffer.length / 2) {
      const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2, INITIAL));
      larger.set(rest);
      this.#buffer = larger;
    } else {
      this.#buffer.copyWithin(0, this.#start, this.#end);
    }
    this.#start = 0;
    this.#end = rest.length;
  }

  #settle(): void {
    if (this.#buffer.length > KEEP) {
      const rest = this.rest();
      this.#buffer = new Uint8Array(Math.max(INITIAL, rest.length * 2));
      this.#buffer.set(rest);
      this.#start = 0;
      this.#end = rest.length;
    } else if (this.#start === this.#end) {
      this.#start = this.#end = 0;
    }
  }

  #skipLineFeed(bytes: Uint8Array, at: number, end: number): number {
    if (!this.#afterCr || at >= end) return at;
    this.#afterCr = false;
    if (bytes[at] !== LF) return at;
    this.offset += 1;
    return at + 1;
  }

  /** The byte before the next one. A block begins as if after an LF: what it begins with may be a blank line. */
  #last(): number | undefined {
    return this.#start === this.#end ? LF : this.#buffer[this.#end - 1];
  }
}
