/**
 * The last bytes of a stream, by their offsets in it. Appending costs a copy of the chunk and, now and then, of what is
 * retained: the buffer doubles.
 */
export class RetainedBytes {
  #buffer: Uint8Array = new Uint8Array(64 * 1024);
  /** Where the buffer's first byte is in the stream. */
  #base = 0;
  #start = 0;
  #end = 0;

  append(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#buffer.length) this.#makeRoom(chunk.length);
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  #makeRoom(more: number): void {
    const held = this.#end - this.#start;
    const target =
      2 * (held + more) <= this.#buffer.length ? this.#buffer : new Uint8Array(Math.max(2 * (held + more), 64 * 1024));
    target.set(this.#buffer.subarray(this.#start, this.#end));
    this.#buffer = target;
    this.#base += this.#start;
    this.#start = 0;
    this.#end = held;
  }

  /** A copy, as far as it is retained. */
  slice(from: number, to: number): Uint8Array {
    return this.#buffer.slice(Math.max(this.#start, from - this.#base), Math.min(this.#end, to - this.#base));
  }

  /** Where the next line end is, from an offset on; the end of what is retained if there is none. */
  lineEnd(from: number): number {
    let at = Math.max(this.#start, from - this.#base);
    while (at < this.#end && this.#buffer[at] !== 0x0a && this.#buffer[at] !== 0x0d) at++;
    return this.#base + at;
  }

  /** Forgets what is before an offset. */
  release(before: number): void {
    this.#start = Math.min(this.#end, Math.max(this.#start, before - this.#base));
  }
}
