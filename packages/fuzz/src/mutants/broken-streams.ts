import type { Protocol } from "@ssert/protocol";
import fc from "fast-check";
import { FuzzError } from "../error.ts";
import type { SampleStream } from "../streams/sample.ts";
import { seededDice } from "../streams/seeded-dice.ts";
import { validStreams } from "../streams/valid-streams.ts";
import { breakStream, type Mutant } from "./break-stream.ts";
import { drawMutant, drawReading, drawsFor, MUTANTS_A_STREAM } from "./draw.ts";

/** A mutant, and the number that makes it again. */
export interface NumberedMutant {
  readonly number: number;
  readonly mutant: Mutant;
}

/** Of so many streams one should allow the mutation. */
const MOST_STREAMS = 400;

/** The mutants of a rule, from a number on. Ends when no stream allows it any more: then there may be none at all. */
export function* mutantsFrom(protocol: Protocol, rule: string, number: number): Generator<NumberedMutant> {
  const first = drawMutant(protocol, rule, number);
  if (first !== undefined) yield { number, mutant: first };
  let barren = 0;
  for (const draw of drawsFor(protocol, rule, Math.floor(number / MUTANTS_A_STREAM / 2) + 1)) {
    const next = draw * MUTANTS_A_STREAM;
    const mutant = drawMutant(protocol, rule, next);
    barren = mutant === undefined ? barren + 1 : 0;
    if (mutant !== undefined) yield { number: next, mutant };
    if (barren >= MOST_STREAMS) return;
  }
}

/**
 * A fast-check arbitrary of streams that break one rule, and no other. It shrinks to mutants of smaller valid streams. Throws a
 * FuzzError "cannot-draw" when a value is drawn for a rule that cannot be broken.
 */
export function brokenStreams(protocol: Protocol, rule: string): fc.Arbitrary<Mutant> {
  return new BrokenStreams(protocol, rule);
}

/** The valid stream that a mutant was made from, with what its own arbitrary knows of it. */
interface Origin {
  readonly stream: SampleStream;
  readonly context: unknown;
  readonly number: number;
}

class BrokenStreams extends fc.Arbitrary<Mutant> {
  readonly #protocol: Protocol;
  readonly #rule: string;
  readonly #valid: fc.Arbitrary<SampleStream>;
  readonly #origins = new WeakMap<object, Origin>();

  constructor(protocol: Protocol, rule: string) {
    super();
    this.#protocol = protocol;
    this.#rule = rule;
    this.#valid = validStreams(protocol);
  }

  override generate(random: fc.Random): fc.Value<Mutant> {
    const start = random.nextInt(0, 0x3fff_ffff);
    for (const { mutant, number } of mutantsFrom(this.#protocol, this.#rule, start)) {
      const events = drawReading(this.#protocol, Math.floor(number / MUTANTS_A_STREAM))?.events ?? [];
      return this.#value(mutant, { stream: { events }, context: undefined, number });
    }
    const { id } = this.#protocol;
    throw new FuzzError("cannot-draw", `no stream of ${id} was found in which ${this.#rule} can be broken`);
  }

  override canShrinkWithoutContext(value: unknown): value is Mutant {
    return typeof value === "object" && value !== null && this.#origins.has(value);
  }

  override shrink(mutant: Mutant): fc.Stream<fc.Value<Mutant>> {
    const origin = this.#origins.get(mutant);
    if (origin === undefined) return fc.Stream.nil();
    const { stream, context, number } = origin;
    return this.#valid.shrink(stream, context).flatMap((smaller) => this.#again(smaller, number));
  }

  #again({ value: stream, context }: fc.Value<SampleStream>, number: number): fc.Stream<fc.Value<Mutant>> {
    const mutant = breakStream(this.#protocol, stream, this.#rule, seededDice(number));
    return mutant === undefined ? fc.Stream.nil() : fc.Stream.of(this.#value(mutant, { stream, context, number }));
  }

  #value(mutant: Mutant, origin: Origin): fc.Value<Mutant> {
    this.#origins.set(mutant, origin);
    return new fc.Value(mutant, undefined);
  }
}
