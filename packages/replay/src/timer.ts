import { AlarmQueue } from "./alarm-queue.ts";

/** The clock that paces streams, in milliseconds of any origin (fractions count). Tests pass one that they turn by hand. */
export interface Timer {
  now(): number;
  /** Runs `run` once, when `now()` is about `atMs`; the function returned calls it off. */
  at(atMs: number, run: () => void): () => void;
}

/** What the system gives: a clock that goes on by itself, and one call at about a time. */
export interface Wakeup {
  now(): number;
  /** Calls after about so many milliseconds, somewhat early or late; the function returned calls it off. */
  after(milliseconds: number, run: () => void): () => void;
}

/**
 * A wake-up of Node's comes up to a millisecond early, since it counts whole ones. What is due by then within this time is
 * done at once: another wake-up would make it later than it is early now.
 */
const EARLY_MS = 0.5;

/** setTimeout takes a longer delay for 1 ms. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * Any number of alarms on one wake-up of the system, for the earliest. A `setTimeout` for each wait of 2,000 streams came up to
 * 2 ms early, since it counts whole milliseconds from the beginning of the event loop's turn, and was an object of Node's each.
 */
export class AlarmClock implements Timer {
  readonly #wakeup: Wakeup;
  readonly #queue = new AlarmQueue();
  #callOff: (() => void) | undefined;
  /** When the system will wake us; not before the earliest alarm that there was then. */
  #wakeAtMs = Number.POSITIVE_INFINITY;

  constructor(wakeup: Wakeup) {
    this.#wakeup = wakeup;
  }

  now(): number {
    return this.#wakeup.now();
  }

  at(atMs: number, run: () => void): () => void {
    const alarm = this.#queue.add(atMs, run);
    if (atMs < this.#wakeAtMs) this.#sleep();
    return () => {
      this.#queue.remove(alarm);
      // A wake-up for nothing does no harm, but the last one would keep the process alive.
      if (this.#queue.first === undefined && this.#callOff !== undefined) this.#sleep();
    };
  }

  readonly #ring = (): void => {
    const until = this.now() + EARLY_MS;
    this.#callOff = undefined;
    // Alarms that are set or called off meanwhile are looked after at the end.
    this.#wakeAtMs = Number.NEGATIVE_INFINITY;
    try {
      for (let due = this.#queue.first; due !== undefined && due.atMs <= until; due = this.#queue.first) {
        this.#queue.remove(due);
        due.run();
      }
    } finally {
      this.#sleep();
    }
  };

  /** Until the earliest alarm. */
  #sleep(): void {
    this.#callOff?.();
    const { first } = this.#queue;
    this.#wakeAtMs = first?.atMs ?? Number.POSITIVE_INFINITY;
    this.#callOff =
      first && this.#wakeup.after(Math.min(Math.max(0, first.atMs - this.now()), LONGEST_DELAY_MS), this.#ring);
  }
}

/** One for all streams of a server. */
export function systemTimer(): Timer {
  return new AlarmClock({
    now: () => performance.now(),
    after(milliseconds, run) {
      const timeout = setTimeout(run, milliseconds);
      return () => clearTimeout(timeout);
    },
  });
}
