/** The clock that paces streams, in milliseconds of any origin (fractions count). Tests pass one that they turn by hand. */
export interface Timer {
  now(): number;
  /** Runs `run` once, when `now()` is about `atMs`; the function returned calls it off. */
  at(atMs: number, run: () => void): () => void;
}

/** setTimeout takes a longer delay for 1 ms. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export const systemTimer: Timer = {
  now: () => performance.now(),
  at(atMs, run) {
    const timeout = setTimeout(run, Math.min(Math.max(0, atMs - performance.now()), LONGEST_DELAY_MS));
    return () => clearTimeout(timeout);
  },
};
