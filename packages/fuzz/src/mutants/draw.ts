import type { Protocol } from "@ssert/protocol";
import { FuzzError } from "../error.ts";
import { sampleStream } from "../streams/sample-stream.ts";
import { seededDice } from "../streams/seeded-dice.ts";
import { aimsFor, aimsOf } from "./aims.ts";
import { breakReading, type Mutant } from "./break-stream.ts";
import { type Reading, readLives } from "./reading/read.ts";

/*
 * One number makes a mutant of a rule: which stream is drawn, by chance alone or with an aim, and how it is broken.
 */

/** So many mutants of a rule may be made of one stream. */
export const MUTANTS_A_STREAM = 4;

/** Seeds of neighbouring runs are far from each other. */
const APART = 1_000_003;

/** The number of the first stream of a run. */
export function firstDraw(seed: number): number {
  return Math.abs(seed) * APART;
}

/** The stream with this number, read; undefined if it has an aim that cannot be reached. */
export function drawReading(protocol: Protocol, draw: number): Reading | undefined {
  const aims = aimsOf(protocol);
  const index = Math.floor(draw / 2) % Math.max(1, aims.length);
  const aim = draw % 2 === 0 ? undefined : aims[index];
  if (aim === undefined) return readLives(protocol, sampleStream(protocol, { seed: draw | 0 }));
  const hopeless = HOPELESS.get(protocol) ?? new Set();
  HOPELESS.set(protocol, hopeless);
  if (hopeless.has(index)) return undefined;
  try {
    return readLives(
      protocol,
      sampleStream(protocol, { seed: draw | 0, size: SHORT, aim: { event: aim.event, after: aim.after } }),
    );
  } catch (error) {
    if (!(error instanceof FuzzError)) throw error;
    hopeless.add(index);
    return undefined;
  }
}

/** Long streams seldom have more of what an aim is after, and more that stands in its way. */
const SHORT = 3;

/** Aims that were not reached: one that cannot be takes long to find out. */
const HOPELESS = new WeakMap<Protocol, Set<number>>();

/** The mutant with this number, or undefined if its stream does not allow it. */
export function drawMutant(protocol: Protocol, rule: string, number: number): Mutant | undefined {
  const reading = drawReading(protocol, Math.floor(number / MUTANTS_A_STREAM));
  return reading === undefined ? undefined : breakReading(reading, rule, seededDice(number));
}

/** The numbers of mutants of one stream. */
export function numbersOf(draw: number): readonly number[] {
  return Array.from({ length: MUTANTS_A_STREAM }, (_, index) => draw * MUTANTS_A_STREAM + index);
}

/** How often a stream is drawn without an aim where there are aims. */
const UNAIMED = 4;

/** Streams for one rule, from a number on: with each aim that may help, in turns, and now and then by chance alone. For ever. */
export function* drawsFor(protocol: Protocol, rule: string, from: number): Generator<number> {
  const { length } = aimsOf(protocol);
  const aims = aimsFor(protocol, rule);
  for (let turn = 0; ; turn += 1) {
    const index = aims[turn % Math.max(1, aims.length)];
    if (index === undefined || turn % UNAIMED === 0) yield 2 * (from + turn);
    if (index !== undefined) yield 2 * ((from + turn) * length + index) + 1;
  }
}
