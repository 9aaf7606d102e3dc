import type { MemoryOptions, ResponseFacts } from "@ssert/protocol";
import type { Dice } from "../case/dice.ts";
import type { Arrivals } from "../sent/sent-stream.ts";
import type { Draft } from "./draft.ts";
import type { Reading } from "./reading/read.ts";

/** What a mutation makes of a stream. */
export interface Fault {
  /** What was done, in a sentence without its full stop. */
  readonly change: string;
  /** Index of the event at which the fault must show; undefined: at the end of the input, or with the response. */
  readonly at: number | undefined;
  readonly drafts: readonly Draft[];
  /** Where the fault is in the framing, the bytes of the whole stream; else they are those of the drafts. */
  readonly bytes?: Uint8Array;
  readonly response?: ResponseFacts;
  readonly arrivals?: (bytes: readonly Uint8Array[]) => Arrivals;
  readonly memory?: MemoryOptions;
}

/** Breaks one rule, or nothing if the stream does not allow it: then the mutation's condition does not hold. */
export type Breaker = (reading: Reading, dice: Dice) => Fault | undefined;

/** The breakers of each rule; a rule that several constructs yield has one for each. */
export type Breakers = readonly (readonly [rule: string, breaker: Breaker])[];

/** A place that does not allow the mutation is not the only one, but in a long stream not all can be tried. */
const MOST_TRIED = 12;

/** The first of some candidates, in any order, of which something can be made. */
export function firstOf<T, R>(
  dice: Dice,
  candidates: readonly T[],
  make: (candidate: T) => R | undefined,
): R | undefined {
  const left = [...candidates];
  for (let tries = 0; tries < MOST_TRIED && left.length > 0; tries += 1) {
    const [candidate] = left.splice(dice.between(0, left.length - 1), 1);
    const made = candidate === undefined ? undefined : make(candidate);
    if (made !== undefined) return made;
  }
  return undefined;
}

/** Whole numbers from `from` to `to`, both included. */
export function range(from: number, to: number): readonly number[] {
  return to < from ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
