/**
 * `error`: what a client relied upon is gone. `warning`: something that a client may never have seen. `info`: what differs
 * from one answer to the next anyway.
 */
export type Tier = "error" | "warning" | "info";

export const TIERS: readonly Tier[] = ["error", "warning", "info"];

/** What is compared; `values` only when asked for. */
export type Aspect = "response" | "verdict" | "event" | "order" | "shape" | "values" | "timing";

/** One thing in which two recordings, or two sets of them, differ. */
export interface Difference {
  readonly tier: Tier;
  readonly aspect: Aspect;
  /** A sentence: what was, what is now. */
  readonly message: string;
  /** The event that it is about: `type` or `type[subtype]`. */
  readonly event?: string;
  /** JSON Pointer into its data; `*` stands for every element of a list. */
  readonly path?: string;
}
