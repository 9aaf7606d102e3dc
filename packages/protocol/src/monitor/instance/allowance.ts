/**
 * How many breaches of one sort are excused by what went before: those granted, and one for each event that was lost; any
 * number of them where the lost event may have had `many` parts.
 */
export class Allowance {
  granted = 0;
  #lossesUsed: number;
  readonly #many: boolean;

  constructor(lossesBefore: number, many: boolean) {
    this.#lossesUsed = lossesBefore;
    this.#many = many;
  }

  has(losses: number): boolean {
    return this.granted > 0 || losses > this.#lossesUsed;
  }

  /** Uses one up, if there is one. */
  take(losses: number): boolean {
    if (this.granted > 0) {
      this.granted -= 1;
      return true;
    }
    if (losses <= this.#lossesUsed) return false;
    if (!this.#many) this.#lossesUsed += 1;
    return true;
  }
}
