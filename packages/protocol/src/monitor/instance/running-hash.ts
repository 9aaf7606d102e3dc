/**
 * A hash of a text that arrives in pieces, and its length: enough to tell whether a later value is the same text, without
 * keeping it. Two 32-bit FNV-1a-like streams over UTF-16 units with different offsets and primes; together with the length
 * a chance match is about 1 in 2^64. No defence against texts made to collide.
 */
export class RunningHash {
  #a = 0x811c9dc5;
  #b = 0x9747b28c;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(text: string): void {
    let a = this.#a;
    let b = this.#b;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 15);
    }
    this.#a = a;
    this.#b = b;
    this.#length += text.length;
  }

  /** Both streams as text. */
  get digest(): string {
    return [this.#a, this.#b].map((hash) => (hash >>> 0).toString(16).padStart(8, "0")).join("");
  }

  equals(other: RunningHash): boolean {
    return this.#length === other.#length && this.#a === other.#a && this.#b === other.#b;
  }
}
