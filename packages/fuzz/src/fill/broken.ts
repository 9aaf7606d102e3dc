import type { CoverageItem } from "@ssert/protocol";
import { FuzzError } from "../errors.ts";
import { breakStream, type Mutant } from "../mutants/break-stream.ts";
import { checkMutant } from "../mutants/check-mutant.ts";
import type { SampleStream } from "../streams/sample.ts";
import { type Aim, sampleStream } from "../streams/sample-stream.ts";
import { seededDice } from "../streams/seeded-dice.ts";
import { aimsOfRule } from "./aims.ts";
import { keyOf, type Probe, RESPONSE, type SentStream } from "./probe.ts";

/** A stream that breaks one rule, and no other. */
export interface Broken {
  readonly rule: string;
  readonly change: string;
  readonly stream: SentStream;
}

/** Streams tried for one rule. */
const MOST_TRIED = 300;

/** Streams broken before the smallest is taken. */
const ENOUGH = 4;

/** By length: a short stream breaks more plainly than a long one. */
const SIZES = [3, 6, 12, 25, 45];

/** A stream that breaks the rule, undefined if none could be made. */
export function brokenStreamFor(
  probe: Probe,
  rule: string,
  transitions: readonly CoverageItem[],
  seed: number,
): Broken | undefined {
  const { protocol } = probe;
  const found: Broken[] = [];
  const aims = aimsOfRule(rule, transitions);
  for (let tried = 0; tried < MOST_TRIED && found.length < ENOUGH; tried += 1) {
    // Aims in turn, but a small stream without any may do as well.
    const aim = tried % 2 === 0 ? undefined : aims[((tried - 1) / 2) % aims.length];
    const stream = drawn(probe, seed + tried, SIZES[tried % SIZES.length], aim);
    const mutant = stream && breakStream(protocol, stream, rule, seededDice(seed + tried));
    const broken = mutant && asBroken(probe, mutant);
    if (broken !== undefined) found.push(broken);
  }
  return found.toSorted((left, right) => left.stream.bytes.length - right.stream.bytes.length)[0];
}

function drawn(probe: Probe, seed: number, size: number | undefined, aim: Aim | undefined): SampleStream | undefined {
  try {
    return sampleStream(probe.protocol, { seed, size, aim });
  } catch (error) {
    if (error instanceof FuzzError && error.code === "cannot-draw") return undefined;
    throw error;
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
    response: rule === "http/content-type" ? UNTYPED : (response ?? RESPONSE),
    chunks: arrivals?.chunks ?? [{ end: bytes.length, atUs: 1_000 }],
    closedAtUs: arrivals?.closedAtUs ?? 2_000,
  };
}
