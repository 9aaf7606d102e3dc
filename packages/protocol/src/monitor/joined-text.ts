import type { JoinedPlan } from "../compile/plan.ts";
import { RunningHash } from "./running-hash.ts";

/** Shown in messages. */
const HEAD = 60;

/**
 * Engines keep a text that grows by small pieces as a tree of them: with pieces of one letter it took 50 times the memory
 * of the text. So many pieces are joined at a time.
 */
const PIECES = 128;

/** The strings at `of`, joined. Kept as text only where it must be parsed, else as a running hash. */
export class JoinedText {
  length = 0;
  /** There was no memory for it, so that it cannot be parsed. */
  forgotten = false;
  readonly #hash: RunningHash | undefined;
  #head = "";
  #text = "";
  #pieces: string[] = [];

  constructor(plan: JoinedPlan) {
    this.#hash = plan.match === "equal" || plan.match === "prefix" ? new RunningHash() : undefined;
  }

  /** It takes as much memory as it is long. */
  get keepsText(): boolean {
    return this.#hash === undefined;
  }

  add(part: string): void {
    this.length += part.length;
    if (this.#hash !== undefined) {
      this.#hash.add(part);
      if (this.#head.length < HEAD) this.#head = (this.#head + part).slice(0, HEAD);
    } else if (!this.forgotten) {
      this.#pieces.push(part);
      if (this.#pieces.length === PIECES) this.#settle();
    }
  }

  forget(): void {
    this.forgotten = true;
    this.#text = "";
    this.#pieces = [];
  }

  #settle(): void {
    this.#text += this.#pieces.join("");
    this.#pieces = [];
  }

  /** The text of a join that is to be parsed. */
  get text(): string {
    this.#settle();
    return this.#text;
  }

  /** The first characters, for messages. */
  get head(): string {
    return this.#hash === undefined ? this.text.slice(0, HEAD) : this.#head;
  }

  /** Is it the first part of `value`, or with `whole` all of it? */
  begins(value: string, whole: boolean): boolean {
    if (whole ? value.length !== this.length : value.length < this.length) return false;
    const other = new RunningHash();
    other.add(whole ? value : value.slice(0, this.length));
    return this.#hash?.equals(other) ?? false;
  }
}
