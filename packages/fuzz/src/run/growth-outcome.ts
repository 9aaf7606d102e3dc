/** One measured size: bytes of the stream, and what they cost. */
export interface Measured {
  readonly bytes: number;
  /** Milliseconds of work, or bytes kept. */
  readonly cost: number;
}

export interface GrowthOutcome {
  /** The sizes of the last attempt. */
  readonly measured: readonly Measured[];
  /** What grew too fast; undefined for a parser in proportion. */
  readonly problem: string | undefined;
  /** What the parser said when it refused to read more, as one with a limit does. That is no problem of growth. */
  readonly refused?: string;
}
