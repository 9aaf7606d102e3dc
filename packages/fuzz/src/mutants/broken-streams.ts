import type { Protocol } from "@ssert/protocol";
import fc from "fast-check";
import { FuzzError } from "../errors.ts";
import type { SampleStream } from "../streams/sample.ts";
import { checkSample, isClean } from "../streams/sample-stream.ts";
import { seededDice } from "../streams/seeded-dice.ts";
import { smallerSamples } from "../streams/shrink.ts";
import { breakStream, type Mutant } from "./break-stream.ts";
import { drawMutant, drawReading, drawsFor, MUTANTS_A_STREAM } from "./draw.ts";

/** Of so many streams one should allow the mutation. */
const MOST_STREAMS = 1_000;

/** The next mutants of a rule, from a number on. Ends when no stream allows it any more. */
export function* mutantsFrom(protocol: Protocol, rule: string, number: number): Generator<NumberedMutant> {
  let barren = 0;
  const first = drawMutant(protocol, rule, number);
  if (first !== undefined) yield { number, mutant: first };
  for (const draw of drawsFor(protocol, rule, Math.floor(number / MUTANTS_A_STREAM / 2) + 1)) {
    const next = draw * MUTANTS_A_STREAM;
    const mutant = drawMutant(protocol, rule, next);
    barren = mutant === undefined ? barren + 1 : 0;
    if (mutant !== undefined) yield { number: next, mutant };
    if (barren >= MOST_STREAMS) return;
  }
}

/** A mutant, and the number that makes it again. */
export interface NumberedMutant {
  readonly number: number;
  readonly mutant: Mutant;
}

/**
 * A fast-check arbitrary of streams that break one rule, and no other. It shrinks to mutants of smaller valid streams. Throws a
 * FuzzError "cannot-draw" when a value is drawn for a rule that cannot be broken.
 */
export function brokenStreams(protocol: Protocol, rule: string): fc.Arbitrary<Mutant> {
  return new BrokenStreams(protocol, rule);
}

class BrokenStreams extends fc.Arbitrary<Mutant> {
  readonly #protocol: Protocol;
  readonly #rule: string;

  constructor(protocol: Protocol, rule: string) {
    super();
    this.#protocol = protocol;
    this.#rule = rule;
  }

  override generate(random: fc.Random): fc.Value<Mutant> {
    const start = random.nextInt(0, 0x3fff_ffff);
    for (const { mutant, number } of mutantsFrom(this.#protocol, this.#rule, start)) {
      const reading = drawReading(this.#protocol, Math.floor(number / MUTANTS_A_STREAM));
      return new fc.Value(mutant, { stream: { events: reading?.events ?? [] }, seed: number });
    }
    throw new FuzzError(
      "cannot-draw",
      `no stream of ${this.#protocol.id} was found that allows ${this.#rule} to be broken`,
    );
  }

  override canShrinkWithoutContext(_: unknown): _ is Mutant {
    return false;
  }

  override shrink(_: Mutant, context: unknown): fc.Stream<fc.Value<Mutant>> {
    if (!isOrigin(context)) return fc.Stream.nil();
    const { seed } = context;
    return fc
      .stream(smallerSamples(context.stream))
      .filter(({ events }) => isClean(checkSample(this.#protocol, events)))
      .map((stream) => ({ stream, mutant: breakStream(this.#protocol, stream, this.#rule, seededDice(seed)) }))
      .filter((broken): broken is { stream: SampleStream; mutant: Mutant } => broken.mutant !== undefined)
      .map(({ stream, mutant }) => new fc.Value(mutant, { stream, seed }));
  }
}

/** The valid stream that a mutant was made from. */
interface Origin {
  readonly stream: SampleStream;
  readonly seed: number;
}

function isOrigin(context: unknown): context is Origin {
  return typeof context === "object" && context !== null && "stream" in context && "seed" in context;
}
