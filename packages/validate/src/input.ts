/** One stream to validate. Plain data, so that it can be handed to a worker. */
export interface Input {
  readonly kind: "file" | "stdin" | "url";
  /**
   * What the report calls it: the path as named or as found (`NAME.sse`, also where its tape was named); `-` for stdin; a URL
   * without its secrets.
   */
  readonly source: string;
  /** What is fetched, as it was named. */
  readonly url?: string;
}

/** How standard input is named. */
export const STDIN = "-";

/** `http://…` and `https://…` are fetched; everything else is a path. */
export function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name);
}
