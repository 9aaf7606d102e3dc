import { isDeepStrictEqual } from "node:util";
import { breakStream, type Mutant } from "../mutants/break-stream.ts";
import { encodeSample, type SampleStream } from "../streams/sample.ts";
import { seededDice } from "../streams/seeded-dice.ts";
import { type Chunking, chunkingsOf } from "./chunkings.ts";
import type { Claim, Consumer, ConsumerOptions, Notice, Outcome } from "./consumer.ts";
import { endsInFailure } from "./ends-in-failure.ts";
import { describeOutcome, play } from "./play.ts";

/** A claim that does not hold for a stream. */
export interface Breach {
  readonly claim: Claim;
  readonly message: string;
  readonly chunks: readonly Uint8Array[];
  readonly mutant?: Mutant;
}

const PATIENCE_MS = 10_000;

/** Holds a consumer to its claims, one stream at a time. */
export class Claims<Result> {
  readonly #consume: Consumer<Result>;
  readonly #options: ConsumerOptions<Result>;

  constructor(consume: Consumer<Result>, options: ConsumerOptions<Result>) {
    this.#consume = consume;
    this.#options = options;
  }

  /** Accepts a valid stream, gives the same under every chunking, and what its user asserts. */
  async ofValid(stream: SampleStream, cutSeed: number): Promise<Breach | undefined> {
    const { protocol, failed = "either" } = this.#options;
    const bytes = encodeSample(stream.events);
    const chunkings = chunkingsOf(bytes, seededDice(cutSeed));
    const [whole] = chunkings;
    const outcome = await this.#play(whole);
    const wanted = endsInFailure(protocol, bytes) ? failed : "ignores";
    if (!fits(wanted, outcome)) {
      const what = wanted === "ignores" ? "a valid stream" : "a stream that ends in failure";
      const message = `${what} ${expectation(wanted)}, but ${whole.name} it gave ${describeOutcome(outcome)}`;
      return { claim: "accepts", message, chunks: whole.chunks };
    }
    const breach = await this.#sameUnder(chunkings, outcome);
    if (breach !== undefined || outcome.kind !== "result") return breach;
    return await this.#checked(stream, whole, outcome.result);
  }

  /** Notices a broken stream as it was declared, whatever the chunks. Null: this stream cannot be broken so. */
  async ofBroken(stream: SampleStream, rule: string, seed: number): Promise<Breach | undefined | null> {
    const mutant = breakStream(this.#options.protocol, stream, rule, seededDice(seed));
    if (mutant === undefined) return null;
    const chunkings = chunkingsOf(mutant.bytes, seededDice(seed));
    const outcome = await this.#play(chunkings[0]);
    const breach = await this.#sameUnder(chunkings, outcome);
    if (breach !== undefined) return { ...breach, mutant };
    const notice = this.#noticeOf(rule);
    if (await noticed(notice, outcome, mutant)) return undefined;
    const message = `a stream that breaks ${rule} ${expectation(notice)}, but it gave ${describeOutcome(outcome)}`;
    return { claim: "notices", message, chunks: chunkings[0].chunks, mutant };
  }

  async #sameUnder(chunkings: readonly Chunking[], outcome: Outcome<Result>): Promise<Breach | undefined> {
    const [whole, ...others] = chunkings;
    for (const chunking of others) {
      const other = await this.#play(chunking);
      if (this.#same(outcome, other)) continue;
      const message = `every chunking should give the same, but ${whole?.name} it gave ${describeOutcome(outcome)}, ${chunking.name} ${describeOutcome(other)}`;
      return { claim: "chunking", message, chunks: chunking.chunks };
    }
    return undefined;
  }

  async #checked(stream: SampleStream, { chunks }: Chunking, result: Result): Promise<Breach | undefined> {
    try {
      await this.#options.check?.(result, stream);
      return undefined;
    } catch (error) {
      return { claim: "check", message: error instanceof Error ? error.message : String(error), chunks };
    }
  }

  /** Of errors only the class is compared: a message may tell how far the bytes had come. */
  #same(one: Outcome<Result>, other: Outcome<Result>): boolean {
    if (one.kind === "result" && other.kind === "result") {
      return (this.#options.equals ?? isDeepStrictEqual)(one.result, other.result);
    }
    if (one.kind === "error" && other.kind === "error") return className(one.error) === className(other.error);
    return one.kind === other.kind;
  }

  #noticeOf(rule: string): Notice<Result> {
    const { broken = "either" } = this.#options;
    if (typeof broken !== "object") return broken;
    return (Object.hasOwn(broken, rule) ? broken[rule] : broken["*"]) ?? "either";
  }

  #play({ chunks }: Chunking): Promise<Outcome<Result>> {
    return play(this.#consume, chunks, this.#options.patienceMs ?? PATIENCE_MS);
  }
}

async function noticed<Result>(notice: Notice<Result>, outcome: Outcome<Result>, mutant: Mutant): Promise<boolean> {
  return typeof notice === "function" ? await notice(outcome, mutant) : fits(notice, outcome);
}

function fits<Result>(wanted: "throws" | "ignores" | "either", { kind }: Outcome<Result>): boolean {
  if (kind === "hung") return false;
  return wanted === "either" || (kind === "error") === (wanted === "throws");
}

function expectation<Result>(notice: Notice<Result>): string {
  if (notice === "throws") return "should give an error";
  if (notice === "ignores") return "should give a result";
  return notice === "either" ? "should give a result or an error" : "should be noticed as declared";
}

function className(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}
