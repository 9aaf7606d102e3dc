import type { Random } from "fast-check";

/** What generators ask of chance; all of it comes from a seeded source: fast-check's, or one of one's own. */
export class Dice {
  readonly #random: Pick<Random, "nextInt">;

  constructor(random: Pick<Random, "nextInt">) {
    this.#random = random;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least === most ? least : this.#random.nextInt(least, most);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }

  /** The same items in any order (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): readonly T[] {
    const mixed = [...items];
    for (let last = mixed.length - 1; last > 0; last -= 1) {
      const other = this.between(0, last);
      const [one, two] = [mixed[last], mixed[other]];
      if (one === undefined || two === undefined) continue;
      mixed[last] = two;
      mixed[other] = one;
    }
    return mixed;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.between(1, times) === 1;
  }
}
