/** Counts over a range that grows: how many at each of some hundred places. */
export interface Activity {
  /** How wide each place is, in the unit that was added. */
  readonly width: number;
  readonly counts: readonly number[];
}

/** Twice as many as the widest terminal has columns, so that a drawing loses nothing. */
const PLACES = 512;

/** Counts values from 0 up in places of equal width, which doubles whenever a value is beyond the last of them. */
export class ActivityCounter implements Activity {
  width: number;
  counts: number[] = new Array<number>(PLACES).fill(0);

  constructor(width: number) {
    this.width = width;
  }

  add(value: number): void {
    while (value >= this.width * PLACES) this.#widen();
    const place = Math.floor(value / this.width);
    this.counts[place] = (this.counts[place] ?? 0) + 1;
  }

  #widen(): void {
    this.counts = this.counts.map((_, place) => (this.counts[2 * place] ?? 0) + (this.counts[2 * place + 1] ?? 0));
    this.width *= 2;
  }
}
