/** Where times come from; tests pass their own. */
export interface Clock {
  /** Microseconds, monotonic, from any origin. */
  now(): number;
  /** The time of day, for `recordedAt`. */
  date(): Date;
}

export const systemClock: Clock = {
  now: () => performance.now() * 1000,
  date: () => new Date(),
};
