import type { CoverageItem } from "@ssert/protocol";
import { breakStream, type Mutant } from "../mutants/break-stream.ts";
import { checkMutant } from "../mutants/check-mutant.ts";
import { EVENT_STREAM, type SentStream } from "../sent/sent-stream.ts";
import type { SampleStream } from "../streams/sample.ts";
import type { Aim } from "../streams/sample-stream.ts";
import { seededDice } from "../streams/seeded-dice.ts";
import { aimsOfRule } from "./aims.ts";
import { sampleOf } from "./draw.ts";
import { keyOf, type Probe } from "./probe.ts";

/** A stream that breaks one rule, and no other. */
export interface Broken {
  readonly rule: string;
  readonly change: string;
  readonly stream: SentStream;
}

/** Streams drawn without an aim, the same for every rule: most rules need no other. */
const POOL = 30;

/** Streams drawn for one rule beyond these. */
const MOST_AIMED = 250;

/** Streams broken before the smallest is taken. */
const ENOUGH = 3;

/** By length: a short stream breaks more plainly than a long one. */
const SIZES = [3, 6, 12, 25, 45];

/** Breaks rules one at a time. */
export class RuleBreaker {
  readonly #probe: Probe;
  readonly #transitions: readonly CoverageItem[];
  readonly #seed: number;
  readonly #pool: (SampleStream | undefined)[] = [];

  constructor(probe: Probe, transitions: readonly CoverageItem[], seed: number) {
    this.#probe = probe;
    this.#transitions = transitions;
    this.#seed = seed;
  }

  /** A stream that breaks the rule; undefined if none could be made. */
  break(rule: string): Broken | undefined {
    const found: Broken[] = [];
    for (let tried = 0; tried < POOL && found.length < ENOUGH; tried += 1) {
      if (this.#pool.length === tried) this.#pool.push(this.#draw(tried, undefined));
      found.push(...this.#attempt(rule, this.#pool[tried], tried));
    }
    const aims = aimsOfRule(rule, this.#transitions);
    for (let tried = 0; tried < MOST_AIMED && found.length === 0; tried += 1) {
      found.push(...this.#attempt(rule, this.#draw(POOL + tried, aims[tried % aims.length]), tried));
    }
    return found.toSorted((left, right) => left.stream.bytes.length - right.stream.bytes.length)[0];
  }

  #attempt(rule: string, stream: SampleStream | undefined, number: number): readonly Broken[] {
    const dice = seededDice(this.#seed + number);
    const mutant = stream && breakStream(this.#probe.protocol, stream, rule, dice);
    const broken = mutant && asBroken(this.#probe, mutant);
    return broken === undefined ? [] : [broken];
  }

  #draw(number: number, aim: Aim | undefined): SampleStream | undefined {
    return sampleOf(this.#probe, { seed: this.#seed + number, size: SIZES[number % SIZES.length], aim });
  }
}

function asBroken(probe: Probe, mutant: Mutant): Broken | undefined {
  if (mutant.memory !== undefined) return undefined;
  const { rule, change } = mutant;
  const only = checkMutant(probe.protocol, mutant).findings.every((finding) => finding.rule === rule);
  const stream = toSent(mutant);
  return only && probe.coveredBy(stream).has(keyOf("rulesBroken", { id: rule })) ? { rule, change, stream } : undefined;
}

/** Of all wrong media types only this one is still read as a stream that somebody mislabelled: of others nothing is judged. */
const UNTYPED: SentStream["response"] = { status: 200, headers: { "content-type": "text/plain" } };

function toSent({ rule, bytes, response, arrivals }: Mutant): SentStream {
  return {
    bytes,
    response: rule === "http/content-type" ? UNTYPED : (response ?? EVENT_STREAM),
    chunks: arrivals?.chunks ?? [{ end: bytes.length, atUs: 1_000 }],
    closedAtUs: arrivals?.closedAtUs ?? 2_000,
  };
}
