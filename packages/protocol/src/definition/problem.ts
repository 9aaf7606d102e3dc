import type { ProtocolErrorCode } from "./error.ts";

/** From 1; columns in UTF-16 units. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A mistake in a definition, before it is known where in a text it is. */
export interface Problem {
  /** `bad-definition` when absent. */
  readonly code?: ProtocolErrorCode;
  /** JSON Pointer into the definition. */
  readonly pointer: string;
  /** Where it is, if the pointer does not say it. */
  readonly place?: TextPlace;
  /** The key at fault, where it is the key and not its value. */
  readonly onKey?: boolean;
  readonly message: string;
  /** The word that was not understood, and those that would have been. */
  readonly word?: string;
  readonly known?: readonly string[];
  readonly cause?: unknown;
}

/** Throws the problem as a ProtocolError that says where it is. */
export type Fail = (problem: Problem) => never;

/** What becomes of problems: `fail` where reading cannot go on, `note` where it could, without the part that is wrong. */
export interface Complaints {
  readonly fail: Fail;
  readonly note: (problem: Problem) => void;
}
