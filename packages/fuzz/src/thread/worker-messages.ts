import type { Deviation, Shows } from "../adapters/adapter.ts";
import type { SavedTape } from "../counterexample/saved-case.ts";
import type { FuzzErrorCode } from "../error.ts";
import type { CheckResult, PropertyResult, SavedCase } from "../run/check-result.ts";
import type { Target } from "../targets/target.ts";

/** What a worker is given to do. */
export interface WorkerTask {
  readonly target: Target;
  readonly seed: number;
  readonly runs: number;
  readonly properties: readonly string[];
  readonly path: string | undefined;
  readonly saved: readonly SavedCase[] | undefined;
  /** Tapes to play, instead of all that. */
  readonly played: readonly SavedTape[] | undefined;
  readonly timeLimitMs: number;
  readonly shows: Partial<Shows> | undefined;
  readonly deviations: readonly Deviation[] | undefined;
  /** False: the parser was lost when that was tried. */
  readonly spaceless: false | undefined;
  /** Of the `CurrentCase`. */
  readonly buffer: SharedArrayBuffer;
}

/** What it tells, in order: loaded, then property and result for each, then done; or failed. */
export type FromWorker =
  | { readonly kind: "loaded"; readonly adapter: CheckResult["adapter"] }
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "result"; readonly result: PropertyResult }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly code: FuzzErrorCode; readonly message: string };
