import type { Window } from "./lines-around.ts";
import type { Chunk } from "./source.ts";
import { RetainedBytes } from "./timeline/retained-bytes.ts";

/** The beginning of a stream that passes only once, with the times of its chunks where they are known. */
export class KeptStream {
  readonly #bytes = new RetainedBytes();
  readonly #chunks: { readonly length: number; readonly afterUs: number | undefined }[] = [];
  #held = 0;
  #passed = 0;

  /** Keeps a copy of the chunk, or of so many bytes of it; returns how many that were. */
  pass({ bytes, afterUs }: Chunk, most: number): number {
    this.#passed += bytes.length;
    // What comes behind a gap would stand in the wrong place.
    const kept = this.#held + bytes.length === this.#passed ? bytes.subarray(0, most) : bytes.subarray(0, 0);
    if (kept.length === 0) return 0;
    this.#bytes.append(kept);
    this.#held += kept.length;
    this.#chunks.push({ length: kept.length, afterUs });
    return kept.length;
  }

  window(from: number, to: number): Window {
    return { bytes: this.#bytes.slice(from, to), offset: from, more: Math.min(to, this.#held) < this.#passed };
  }

  /** For a second reading. */
  async *chunks(): AsyncIterable<Chunk> {
    let offset = 0;
    for (const { length, afterUs } of this.#chunks) {
      yield { bytes: this.#bytes.slice(offset, offset + length), afterUs };
      offset += length;
    }
  }
}
