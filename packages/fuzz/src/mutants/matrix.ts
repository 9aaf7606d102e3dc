import type { SampleStream } from "../streams/sample.ts";
import { seededDice } from "../streams/seeded-dice.ts";
import { breakReading, type Mutant } from "./break-stream.ts";
import { type Reading, readLives } from "./reading/read.ts";

/** What became of a mutant that was not reported as it should. */
export interface Miss {
  readonly mutant: Mutant;
  /** `RULE@EVENT`, or `RULE@end`, as it was found. */
  readonly found: readonly string[];
  /** Makes the same mutant again, from the same stream. */
  readonly seed: number;
}

/** One row of the matrix. */
export interface MatrixRow {
  readonly rule: string;
  /** Mutants that were made. */
  readonly mutants: number;
  /** Of these, reported under this rule, at its event, and under no other. */
  readonly diagonal: number;
  /** The smallest of those that were not. */
  readonly miss: Miss | undefined;
}

export interface Matrix {
  readonly protocol: string;
  readonly seed: number;
  readonly rows: readonly MatrixRow[];
  /** Rules that are off. */
  readonly off: readonly string[];
  /** Every rule that is on has been broken, and every mutant was reported as it should. */
  readonly diagonal: boolean;
}
