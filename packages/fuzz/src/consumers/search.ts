import fc from "fast-check";
import type { SampleStream } from "../streams/sample.ts";
import { validStreams } from "../streams/valid-streams.ts";
import type { Breach, Claims } from "./claims.ts";
import type { Claim, ConsumerOptions } from "./consumer.ts";

/** Tries for each broken stream: a rule about a rare construct needs a stream that has it. */
const TRIES = 40;

/** What a property throws, so that fast-check shrinks to it. */
class BreachFound extends Error {
  readonly breach: Breach;

  constructor(breach: Breach) {
    super(breach.message);
    this.breach = breach;
  }
}

/** Draws streams for a consumer and shrinks those that show a breach. */
export class Search<Result> {
  accepted = 0;
  broken = 0;
  readonly #claims: Claims<Result>;
  readonly #streams: fc.Arbitrary<SampleStream>;
  readonly #seed: number;

  constructor(claims: Claims<Result>, { protocol, size }: ConsumerOptions<Result>, seed: number) {
    this.#claims = claims;
    this.#streams = validStreams(protocol, size === undefined ? {} : { size });
    this.#seed = seed;
  }

  async valid(runs: number): Promise<Breach | undefined> {
    return await this.#search(runs, 0, async (stream, cutSeed) => {
      this.accepted += 1;
      return await this.#claims.ofValid(stream, cutSeed);
    });
  }

  async ofRule(rule: string, runs: number): Promise<Breach | undefined> {
    return await this.#search(runs, TRIES, async (stream, seed) => {
      const breach = await this.#claims.ofBroken(stream, rule, seed);
      if (breach !== null) this.broken += 1;
      return breach;
    });
  }

  /** The smallest stream that shows a breach. While it is shrunk, it stays a breach of the same claim. */
  async #search(
    runs: number,
    maxSkipsPerRun: number,
    judge: (stream: SampleStream, seed: number) => Promise<Breach | undefined | null>,
  ): Promise<Breach | undefined> {
    let claim: Claim | undefined;
    const property = fc.asyncProperty(this.#streams, fc.noShrink(fc.nat()), async (stream, seed) => {
      const breach = await judge(stream, seed);
      fc.pre(breach !== null);
      if (breach === undefined || breach === null) return;
      claim ??= breach.claim;
      if (breach.claim === claim) throw new BreachFound(breach);
    });
    const details = await fc.check(property, { numRuns: runs, seed: this.#seed, maxSkipsPerRun });
    const { errorInstance } = details;
    if (errorInstance instanceof BreachFound) return errorInstance.breach;
    // Not a breach, but a mistake: of the generators, or of a function of the user's that should have said true or false.
    if (details.failed && !details.interrupted && errorInstance !== null) throw errorInstance;
    return undefined;
  }
}
