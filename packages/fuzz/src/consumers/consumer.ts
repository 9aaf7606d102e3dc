import type { Protocol } from "@ssert/protocol";
import type { Mutant } from "../mutants/break-stream.ts";
import type { SampleStream } from "../streams/sample.ts";

/** The code under test: what turns the bytes of a stream into a message, or into whatever its callers get. */
export type Consumer<Result> = (chunks: AsyncIterable<Uint8Array>) => Result | Promise<Result>;

/** What became of one stream. `hung`: neither a result nor an error within the time that is allowed. */
export type Outcome<Result> =
  | { readonly kind: "result"; readonly result: Result }
  | { readonly kind: "error"; readonly error: unknown }
  | { readonly kind: "hung" };

/**
 * How a consumer takes a broken stream. `throws`: it must not give a result. `ignores`: it must give one. `either`: all the
 * same, but every chunking alike. A function sees for itself and says whether the fault was noticed as it should be.
 */
export type Notice<Result> =
  | "throws"
  | "ignores"
  | "either"
  | ((outcome: Outcome<Result>, mutant: Mutant) => boolean | Promise<boolean>);

export interface ConsumerOptions<Result> {
  readonly protocol: Protocol;
  /** How broken streams are noticed: all of them, or by rule, where `*` is every other one. Default: `either`. */
  readonly broken?: Notice<Result> | Readonly<Record<string, Notice<Result>>>;
  /**
   * How streams are taken that are valid and end in failure: the API itself says that something went wrong. Most consumers
   * throw then. Default: `either`.
   */
  readonly failed?: "throws" | "ignores" | "either";
  /** The rules that are broken. Default: every error that the bytes of a stream can show. */
  readonly rules?: readonly string[];
  /** What must hold for the result of a valid stream; throws if it does not. */
  readonly check?: (result: Result, stream: SampleStream) => void | Promise<void>;
  /** Are two results the same? Default: deeply and strictly. */
  readonly equals?: (one: Result, other: Result) => boolean;
  /** Valid streams, and for each rule a tenth as many broken ones. Default: 100. */
  readonly runs?: number;
  /** The same seed draws the same streams. Default: 1. */
  readonly seed?: number;
  /** Rough number of events of a stream. */
  readonly size?: number;
  /** A stream that is not done by then hangs. Default: 10,000 ms. */
  readonly patienceMs?: number;
  /** Where the streams that were found are kept as tapes. Default: they are not. */
  readonly save?: { readonly dir: string; readonly tool?: string; readonly now?: () => Date };
}

/** What a consumer is held to. `check` is the user's own. */
export type Claim = "accepts" | "chunking" | "check" | "notices";

/** One claim that does not hold, shown on the smallest stream that was found for it. */
export interface ConsumerFinding {
  readonly claim: Claim;
  /** The rule that the stream breaks; undefined for a valid one. */
  readonly rule: string | undefined;
  /** What was expected and what came. */
  readonly message: string;
  /** What was done to a valid stream to break it. */
  readonly change: string | undefined;
  /** The chunks that show it. */
  readonly chunks: readonly Uint8Array[];
  /** The `.sse` of the tape, if it was saved. */
  readonly path: string | undefined;
}

export interface ConsumerResult {
  readonly ok: boolean;
  readonly protocol: string;
  readonly seed: number;
  /** Streams that the consumer has read, each under several chunkings. */
  readonly streams: { readonly valid: number; readonly broken: number };
  readonly findings: readonly ConsumerFinding[];
  /** Rules that were to be broken, but none of the streams drawn allowed it: more runs may. */
  readonly untried: readonly string[];
}
