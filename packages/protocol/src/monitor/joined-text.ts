import type { JoinedPlan } from "../compile/plan.ts";
import { RunningHash } from "./running-hash.ts";

/** Shown in messages. */
const HEAD = 60;

/**
 * Longer than the largest event that the decoder lets through by default (16 MiB): no value can be as long as that, so a
 * text that grows beyond it cannot be what the value says, and keeping more would let a stream fill the memory.
 */
const MOST_KEPT = 16 * 1024 * 1024;

/** The strings at `of`, joined. Kept as text only where it must be parsed, else as a running hash. */
export class JoinedText {
  length = 0;
  /** Too long to keep, so that it cannot be parsed. */
  forgotten = false;
  readonly #hash: RunningHash | undefined;
  #head = "";
  #text = "";

  constructor(plan: JoinedPlan) {
    this.#hash = plan.match === "equal" || plan.match === "prefix" ? new RunningHash() : undefined;
  }

  add(part: string): void {
    this.length += part.length;
    if (this.#hash !== undefined) {
      this.#hash.add(part);
      if (this.#head.length < HEAD) this.#head = (this.#head + part).slice(0, HEAD);
      return;
    }
    if (this.length > MOST_KEPT) {
      this.forgotten = true;
      this.#text = "";
    } else this.#text += part;
  }

  /** The text of a join that is to be parsed. */
  get text(): string {
    return this.#text;
  }

  /** The first characters, for messages. */
  get head(): string {
    return this.#hash === undefined ? this.#text.slice(0, HEAD) : this.#head;
  }

  /** Is it the first part of `value`, or with `whole` all of it? */
  begins(value: string, whole: boolean): boolean {
    if (whole ? value.length !== this.length : value.length < this.length) return false;
    const other = new RunningHash();
    other.add(whole ? value : value.slice(0, this.length));
    return this.#hash?.equals(other) ?? false;
  }
}
