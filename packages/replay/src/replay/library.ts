import type { Tape } from "@ssert/tape";
import { ReplayError } from "../error.ts";
import { type RequestFacts, recordedFacts } from "./request.ts";

/** A recorded request that tapes can answer, for the message of a miss. */
export interface Recorded {
  readonly facts: RequestFacts;
  readonly tape: string;
}

/** Tapes that answer the same request: one after the other, then the last again and again. */
interface Reel {
  readonly tapes: Tape[];
  next: number;
}

/** All tapes of a server, by the request that they answer. */
export class Library {
  readonly recorded: readonly Recorded[];
  readonly #reels = new Map<string, Reel>();
  /** Tapes without a request answer any that no other tape answers. */
  readonly #any: Reel = { tapes: [], next: 0 };
  readonly #unused: Set<Tape>;

  constructor(tapes: readonly Tape[]) {
    // A recorder that died before it wrote a header has left no answer.
    const usable = tapes.filter((tape) => tape.header !== undefined || tape.state === "bare");
    if (usable.length === 0) {
      throw new ReplayError(
        "no-tapes",
        `expected at least one tape to replay, got ${tapes.length === 0 ? "none" : "only tapes without a header"}: record one first`,
      );
    }
    const recorded: Recorded[] = [];
    for (const tape of usable) {
      const request = tape.header?.request;
      if (request === undefined) {
        this.#any.tapes.push(tape);
        continue;
      }
      const facts = recordedFacts(request);
      const reel = this.#reels.get(facts.key);
      if (reel !== undefined) {
        reel.tapes.push(tape);
        continue;
      }
      this.#reels.set(facts.key, { tapes: [tape], next: 0 });
      recorded.push({ facts, tape: tape.path });
    }
    this.recorded = recorded;
    this.#unused = new Set(usable);
  }

  /** The tape whose turn it is; undefined: nothing answers this request. */
  take(facts: RequestFacts): Tape | undefined {
    const reel = this.#reels.get(facts.key) ?? this.#any;
    const tape = reel.tapes[Math.min(reel.next, reel.tapes.length - 1)];
    if (tape === undefined) return undefined;
    reel.next += 1;
    this.#unused.delete(tape);
    return tape;
  }

  /** Tapes that have not answered yet. */
  unused(): readonly Tape[] {
    return [...this.#unused];
  }
}
