import type { Protocol } from "@ssert/protocol";
import { seededDice } from "../streams/seeded-dice.ts";
import { breakReading, type Mutant } from "./break-stream.ts";
import { findingsOf } from "./check-mutant.ts";
import { drawReading, drawsFor, firstDraw, numbersOf } from "./draw.ts";
import type { Reading } from "./reading/read.ts";

export interface MatrixOptions {
  /** Mutants a rule. */
  readonly count: number;
  /** The same seed makes the same mutants. */
  readonly seed: number;
  /** Called now and then. */
  readonly onProgress?: ((progress: MatrixProgress) => void) | undefined;
}

export interface MatrixProgress {
  readonly rule: string;
  /** Mutants of all rules so far. */
  readonly mutants: number;
  /** Mutants that there are to be. */
  readonly of: number;
}

/** A mutant that was not reported as it should. */
export interface Miss {
  readonly mutant: Mutant;
  /** `RULE@EVENT`, or `RULE@end`, as it was found. */
  readonly found: readonly string[];
  /** `drawMutant` makes it again from this number. */
  readonly number: number;
}

/** One row of the matrix. */
export interface MatrixRow {
  readonly rule: string;
  /** Mutants that were made. */
  readonly mutants: number;
  /** Of these, reported under this rule, at its event, and under no other. */
  readonly diagonal: number;
  /** Which other rules mutants were reported under, how often. */
  readonly elsewhere: Readonly<Record<string, number>>;
  /** The smallest that was not reported as it should. */
  readonly miss?: Miss;
}

export interface Matrix {
  /** `name@version`. */
  readonly protocol: string;
  readonly count: number;
  readonly seed: number;
  readonly rows: readonly MatrixRow[];
  /** Rules that are off: nothing can be found under them. */
  readonly off: readonly string[];
  /** Every rule that is on has been broken, and every mutant was reported as it should. */
  readonly diagonal: boolean;
}

/** Streams that all rules share: common rules need no others, and drawing a stream takes longer than breaking it. */
const SHARED = 0.5;

/** So many streams are drawn for a rule, for each mutant that there is to be; if none of them allows it, it cannot be broken. */
const STREAMS_A_MUTANT = 1;
const LEAST_STREAMS = 100;
/** A rule that nothing has broken yet is looked for longer: of a resumed stream one in a thousand begins with its end. */
const LONGER = 20;

/** What each rule's mutants are reported as. */
export function runMatrix(protocol: Protocol, options: MatrixOptions): Matrix {
  const { count, seed } = options;
  const on = protocol.rules.filter(({ severity }) => severity !== "off");
  const tallies = on.map(({ id }) => new Tally(protocol, id, count));
  const progress = (rule: string): void => {
    const mutants = tallies.reduce((sum, tally) => sum + tally.mutants, 0);
    options.onProgress?.({ rule, mutants, of: count * tallies.length });
  };
  const start = firstDraw(seed);
  for (let shared = 0; shared < count * SHARED && tallies.some(({ full }) => !full); shared += 1) {
    const draw = 2 * (start + shared);
    // It is drawn once for all rules.
    const reading = drawReading(protocol, draw);
    for (const tally of tallies) tally.add(reading, draw);
    progress(on[0]?.id ?? "");
  }
  for (const tally of tallies) {
    const most = Math.max(LEAST_STREAMS, count * STREAMS_A_MUTANT);
    let streams = 0;
    for (const draw of drawsFor(protocol, tally.rule, start + count)) {
      if (tally.full || streams >= (tally.mutants === 0 ? most * LONGER : most)) break;
      streams += 1;
      const reading = drawReading(protocol, draw);
      for (const other of tallies) other.add(reading, draw);
      progress(tally.rule);
    }
  }
  const rows = tallies.map((tally) => tally.row());
  return {
    protocol: protocol.id,
    count,
    seed,
    rows,
    off: protocol.rules.filter(({ severity }) => severity === "off").map(({ id }) => id),
    diagonal: rows.every(({ mutants, diagonal }) => mutants > 0 && diagonal === mutants),
  };
}

/** The mutants of one rule. */
class Tally {
  readonly rule: string;
  mutants = 0;
  readonly #protocol: Protocol;
  readonly #count: number;
  readonly #elsewhere = new Map<string, number>();
  #diagonal = 0;
  #miss: Miss | undefined;

  constructor(protocol: Protocol, rule: string, count: number) {
    this.#protocol = protocol;
    this.rule = rule;
    this.#count = count;
  }

  get full(): boolean {
    return this.mutants >= this.#count;
  }

  /** Breaks the stream with this number, if it can be, in a few ways. */
  add(reading: Reading | undefined, draw: number): void {
    if (this.full || reading === undefined) return;
    const seen = new Set<string>();
    for (const number of numbersOf(draw)) {
      if (this.full) return;
      const mutant = breakReading(reading, this.rule, seededDice(number));
      // The same change again is no other mutant.
      if (mutant === undefined || seen.has(mutant.change)) continue;
      seen.add(mutant.change);
      this.#judge(mutant, number);
    }
  }

  #judge(mutant: Mutant, number: number): void {
    this.mutants += 1;
    const found = findingsOf(this.#protocol, mutant);
    if (found.length === 1 && found[0] === `${this.rule}@${mutant.at ?? "end"}`) {
      this.#diagonal += 1;
      return;
    }
    const others = new Set(found.map((finding) => finding.replace(/@.*/, "")).filter((rule) => rule !== this.rule));
    for (const rule of others) this.#elsewhere.set(rule, (this.#elsewhere.get(rule) ?? 0) + 1);
    if (this.#miss !== undefined && this.#miss.mutant.bytes.length <= mutant.bytes.length) return;
    this.#miss = { mutant, found, number };
  }

  row(): MatrixRow {
    const { rule, mutants } = this;
    const miss = this.#miss === undefined ? {} : { miss: this.#miss };
    return { rule, mutants, diagonal: this.#diagonal, elsewhere: Object.fromEntries(this.#elsewhere), ...miss };
  }
}
