import type { Spread } from "./inspection.ts";

/** Numbers kept to know how they are spread: of more, every second one is kept, then every fourth, and so on. */
const KEPT = 100_000;

/** How numbers are spread, in bounded memory. Exact up to 100,000 of them; least and most are exact always. */
export class SpreadCounter {
  #kept: number[] = [];
  #every = 1;
  #count = 0;
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    if (value < this.#least) this.#least = value;
    if (value > this.#most) this.#most = value;
    if (this.#count % this.#every === 0) this.#kept.push(value);
    this.#count += 1;
    if (this.#kept.length < KEPT) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#every *= 2;
  }

  /** Undefined if there were none. */
  spread(): Spread | undefined {
    if (this.#count === 0) return undefined;
    const sorted = this.#kept.toSorted((one, other) => one - other);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return { count: this.#count, least: this.#least, median: at(0.5), p95: at(0.95), most: this.#most };
  }
}
