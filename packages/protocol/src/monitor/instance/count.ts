/** From here on several integers are one double: which of them comes next cannot be told. */
const BLURRED = Number.MAX_SAFE_INTEGER;

/**
 * A value that counts up: a key that is `numbered`, or one of `counters`. Knows what comes next, and after a jump that has
 * been reported, everything that a likely repair of the stream would bring.
 */
export class Count {
  readonly #step: number | "up";
  /** What comes next; for `up` the latest value. NaN: anything may come. */
  #next: number;
  /** With `up`, the first value may equal `from`. */
  #fresh = true;
  /** After a jump: the old count goes on as if the jump had been its number. */
  #old = Number.NaN;
  /** After a value that was used without having been counted: the one behind it. */
  #behind = Number.NaN;
  /** After a jump: the number that was jumped over comes late. Two swapped numbers are one fault, not three. */
  #hole = Number.NaN;

  constructor(from: number | undefined, step: number | "up") {
    this.#step = step;
    this.#next = from ?? Number.NaN;
  }

  /** For messages. */
  get expected(): string {
    if (this.#step !== "up") return String(this.#next);
    return this.#fresh ? `${this.#next} or more` : `more than ${this.#next}`;
  }

  /** Is this value the next one, or one that a reported jump excuses? Then it counts. */
  accepts(value: number): boolean {
    if (this.#step === "up") {
      const again = value === this.#next && !this.#fresh && Number.isSafeInteger(value);
      if (value < this.#next || again) return false;
      this.#next = value;
      this.#fresh = false;
      return true;
    }
    if (value === this.#hole && value !== this.#next) {
      this.#hole = Number.NaN;
      return true;
    }
    if (Math.abs(value) >= BLURRED && Math.abs(this.#next) >= BLURRED) {
      this.#next = value;
      return true;
    }
    const excused = value === this.#old || value === this.#behind;
    if (value !== this.#next && !excused && !Number.isNaN(this.#next)) return false;
    this.#next = value + this.#step;
    this.#old = Number.NaN;
    this.#behind = Number.NaN;
    return true;
  }

  /** Goes on from a value that was not the next one; with `repair`, as an error does, also from the old count. */
  jump(value: number, repair: boolean): void {
    if (this.#step === "up") {
      this.#next = value;
      this.#fresh = false;
      return;
    }
    this.#hole = repair ? this.#next : Number.NaN;
    this.#old = repair ? this.#next + this.#step : Number.NaN;
    this.#next = value + this.#step;
  }

  /** The value was used without having been counted: the count may go on behind it, and it may still come itself. */
  follow(value: number): void {
    if (!this.accepts(value) && this.#step !== "up") this.#behind = value + this.#step;
    this.#hole = value;
  }

  /** Nothing is known any more: the next value starts a new count. */
  forget(): void {
    this.#next = Number.NaN;
    this.#old = Number.NaN;
    this.#behind = Number.NaN;
    this.#hole = Number.NaN;
  }
}
