import type { Place } from "../place.ts";
import type { Key } from "./key.ts";

/** What is remembered of an instance that must not be opened again. */
export interface Closed {
  /** Where it was closed. */
  readonly place: Place;
  reported: boolean;
}

/** Columns of a row: the event's number (NaN: none), the place, whether it was reported. */
const NUMBER = 0;
const OFFSET = 1;
const LINE = 2;
const COLUMN = 3;
const REPORTED = 4;
const WIDTH = 5;

const FIRST_ROWS = 8;

/**
 * Keys that have been closed, in the order in which they were. There may be 50,000 of them, and in a long stream each makes room
 * for the next: rows are used in turn, so that no object has to be made for a key and thrown away again. (Objects, and asking
 * a Map for its oldest key, took 1 GB of Pokee 20 MB more memory and a tenth more time.)
 */
export class ClosedKeys {
  /** The row of each key. */
  readonly #rowOf = new Map<Key, number>();
  #keys: Key[] = [];
  #types: (string | null)[] = [];
  #rows = new Float64Array(FIRST_ROWS * WIDTH);
  #oldest = 0;

  get size(): number {
    return this.#rowOf.size;
  }

  has(key: Key): boolean {
    return this.#rowOf.has(key);
  }

  get(key: Key): Closed | undefined {
    const row = this.#rowOf.get(key);
    return row === undefined ? undefined : this.#read(row);
  }

  /** A key that is known keeps its turn. */
  set(key: Key, place: Place): void {
    const known = this.#rowOf.get(key);
    if (known !== undefined) {
      this.#write(known, place);
      return;
    }
    if (this.size * WIDTH === this.#rows.length) this.#grow();
    const row = (this.#oldest + this.size) % (this.#rows.length / WIDTH);
    this.#rowOf.set(key, row);
    this.#keys[row] = key;
    this.#write(row, place);
  }

  /** Forgets the key that was closed first; undefined if there is none. */
  forgetOldest(): Key | undefined {
    if (this.size === 0) return undefined;
    const key = this.#keys[this.#oldest];
    if (key === undefined) return undefined;
    this.#rowOf.delete(key);
    // A long key is let go at once, not when its row is used again.
    this.#keys[this.#oldest] = "";
    this.#oldest = (this.#oldest + 1) % (this.#rows.length / WIDTH);
    return key;
  }

  #grow(): void {
    // In order from the oldest: all rows are in use.
    const at = this.#oldest;
    const rows = new Float64Array(this.#rows.length * 2);
    rows.set(this.#rows.subarray(at * WIDTH));
    rows.set(this.#rows.subarray(0, at * WIDTH), this.#rows.length - at * WIDTH);
    this.#rows = rows;
    this.#keys = [...this.#keys.slice(at), ...this.#keys.slice(0, at)];
    this.#types = [...this.#types.slice(at), ...this.#types.slice(0, at)];
    this.#oldest = 0;
    for (const [row, key] of this.#keys.entries()) this.#rowOf.set(key, row);
  }

  #write(row: number, { event, location }: Place): void {
    const at = row * WIDTH;
    this.#types[row] = event?.type ?? null;
    this.#rows[at + NUMBER] = event?.number ?? Number.NaN;
    this.#rows[at + OFFSET] = location.offset;
    this.#rows[at + LINE] = location.line;
    this.#rows[at + COLUMN] = location.column;
    this.#rows[at + REPORTED] = 0;
  }

  #read(row: number): Closed {
    const rows = this.#rows;
    const column = (which: number): number => rows[row * WIDTH + which] ?? 0;
    const number = column(NUMBER);
    const event = Number.isNaN(number) ? undefined : { number, type: this.#types[row] ?? null };
    const location = { offset: column(OFFSET), line: column(LINE), column: column(COLUMN) };
    return {
      place: { event, location },
      get reported() {
        return column(REPORTED) === 1;
      },
      set reported(reported) {
        rows[row * WIDTH + REPORTED] = reported ? 1 : 0;
      },
    };
  }
}
