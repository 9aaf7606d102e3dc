import type { Shows } from "../adapters/adapter.ts";
import type { Case } from "../case/case.ts";

import type { Counterexample } from "./check-stream.ts";
import type { Confirmation } from "./confirm.ts";
import type { GrowthOutcome } from "./growth-outcome.ts";

/** A case that was kept, and the property that it is a case of. */
export interface SavedCase {
  readonly property: string;
  readonly case: Case;
  /** The tape that it was read from. */
  readonly file?: string;
}

/**
 * `pass`; `bug`; `declared`: differs, and the adapter says that this is meant; `internal-only`: differs where the adapter
 * drives it, and the package's public entry contradicts that; `not-observable`: the parser's API does not show what the
 * property is about.
 */
export type Verdict = "pass" | "bug" | "declared" | "internal-only" | "not-observable";

export interface PropertyResult {
  readonly property: string;
  readonly verdict: Verdict;
  /** Cases that were judged. */
  readonly runs: number;
  /** For `declared` the adapter's reason, for `not-observable` what is not shown, for `pass` a declaration without need. */
  readonly reason?: string;
  /** The tape that was played, where only that was judged. */
  readonly saved?: string;
  readonly counterexample?: Counterexample;
  /** For properties of work and memory. */
  readonly growth?: GrowthOutcome;
  /** For a bug or `internal-only`, where the adapter drives a part of its package: what the public entry says to it. */
  readonly publicEntry?: Confirmation;
}

export interface CheckResult {
  readonly adapter: {
    readonly name: string;
    readonly version: string | undefined;
    /** What its API tells of events. */
    readonly shows?: Shows;
  };
  /** What the command line calls it; only `runFuzz` knows. */
  readonly target?: string;
  /** What the run was told that the target's API shows, if anything. */
  readonly told?: Partial<Shows>;
  readonly seed: number;
  /** No property has the verdict `bug`. */
  readonly ok: boolean;
  readonly results: readonly PropertyResult[];
}
