import type { Tape } from "@ssert/tape";
import { ReplayError } from "../error.ts";
import { type RequestFacts, recordedFacts, requestFacts } from "./request.ts";

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

/**
 * A test asks the same thing over and over, and to take a URL and JSON apart costs as much as to write a hundred chunks.
 * So many requests are remembered as they came, if their bodies are no larger than this: 16 MiB at most.
 */
const MAX_REMEMBERED = 1000;
const MAX_REMEMBERED_BYTES = 16 * 1024;

/** All tapes of a server, by the request that they answer. */
export class Library {
  readonly recorded: readonly Recorded[];
  readonly #reels = new Map<string, Reel>();
  /** Tapes without a request answer any that no other tape answers. */
  readonly #any: Reel = { tapes: [], next: 0 };
  readonly #unused: Set<Tape>;
  readonly #remembered = new Map<string, Reel>();

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

  /** The tape whose turn it is; undefined: nothing answers this request. `target` is its path and query. */
  take(method: string, target: string, body: Buffer): Tape | undefined {
    const reel = this.#reel(method, target, body);
    const tape = reel.tapes[Math.min(reel.next, reel.tapes.length - 1)];
    if (tape === undefined) return undefined;
    reel.next += 1;
    this.#unused.delete(tape);
    return tape;
  }

  #reel(method: string, target: string, body: Buffer): Reel {
    const asItCame = body.length > MAX_REMEMBERED_BYTES ? undefined : `${method} ${target}\n${body.toString("latin1")}`;
    const remembered = asItCame === undefined ? undefined : this.#remembered.get(asItCame);
    if (remembered !== undefined) return remembered;
    const reel = this.#reels.get(requestFacts(method, target, body).key) ?? this.#any;
    if (asItCame !== undefined) {
      if (this.#remembered.size === MAX_REMEMBERED) this.#remembered.clear();
      this.#remembered.set(asItCame, reel);
    }
    return reel;
  }

  /** Tapes that have not answered yet. */
  unused(): readonly Tape[] {
    return [...this.#unused];
  }
}
