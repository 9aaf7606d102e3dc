/** One stream to validate. Plain data, so that it can be handed to a worker. */
export interface Input {
  readonly kind: "file" | "stdin";
  /** What the report calls it: the path as named or as found (`NAME.sse`, also where its tape was named); `-` for stdin. */
  readonly source: string;
}

/** How standard input is named. */
export const STDIN = "-";
