export type Severity = "error" | "warning";

/** Byte offset from 0 (a byte order mark counted), line and column from 1 (columns in UTF-16 units). */
export interface Location {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A dispatched event, numbered from 1. `type` is the protocol's name for it. */
export interface EventReference {
  readonly number: number;
  readonly type: string | null;
}

/** The other place that a finding is about: where the block was opened, where the id was used first. */
export interface Related {
  readonly message: string;
  readonly event?: EventReference;
  readonly location?: Location;
}

/** One breach of one rule at one place. */
export interface Finding {
  /** Stable id, `SCOPE/WHAT`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What was expected, what came, and what to do. */
  readonly message: string;
  /** Absent for a finding at the end of input. */
  readonly event?: EventReference;
  /** The event's `data:` value where there is one, else its first line; the end of input for a finding there. */
  readonly location?: Location;
  /** JSON Pointer into the event's data. */
  readonly path?: string;
  readonly related?: readonly Related[];
}
