/** Bounds on what a stream can make the monitor keep. Where one is met, `stream/forgotten` says so. */
export interface MemoryOptions {
  /** Open instances beyond this are forgotten, oldest first: 50,000. */
  readonly maxOpen?: number | undefined;
  /** Closed keys that must stay unique; beyond this they are forgotten, oldest first: 50,000. */
  readonly maxClosedKeys?: number | undefined;
  /**
   * Characters that are kept to be compared later, in all open instances together: constants, and joined values that must
   * be parsed. What there is no room for is not compared: 16 Mi, as many as the largest event has by default.
   */
  readonly maxText?: number | undefined;
}

/** The same, with what holds unless told. */
export interface MonitorLimits {
  /** Open instances of all scopes together. */
  readonly open: number;
  /** Closed keys of scopes with `reuse: false`, all together. */
  readonly closedKeys: number;
  /** Characters that are kept to be compared: joined values that are to be parsed, and constants. */
  readonly text: number;
}

/**
 * No recorded stream at hand has more than a few. Measured on a stream of 505 MB with more tools than that: the process took
 * 160 MB with 1,000 closed keys and 165 MB with 50,000. (With 100,000, on 809 MB: 209 MB.)
 */
const MAX_REMEMBERED = 50_000;

/** As many characters as the largest event that the decoder lets through has bytes: no value can be longer. */
const MAX_TEXT = 16 * 1024 * 1024;

export function limitsOf(options: MemoryOptions): MonitorLimits {
  const { maxOpen = MAX_REMEMBERED, maxClosedKeys = MAX_REMEMBERED, maxText = MAX_TEXT } = options;
  return { open: maxOpen, closedKeys: maxClosedKeys, text: maxText };
}
