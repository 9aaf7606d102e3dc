import type { JoinedPlan } from "../compile/plan.ts";
import { RunningHash } from "./running-hash.ts";

/** Shown in messages. */
const HEAD = 60;

/**
 * Longer than the largest event that the decoder lets through by default (16 MiB): no value can be as long as that, so a
 * text that grows beyond it cannot be what the value says, and keeping more would let a stream fill the memory.
 */
const MOST_KEPT = 16 * 1024 * 1024;

/** Long enough that reading costs little a part, short enough to add nothing to what is kept. */
const MOST_WRITTEN = 4 * 1024;

/** The strings at `of`, joined. Kept as text only where it must be parsed, else as a running hash. */
export class JoinedText {
  #length = 0;
  #forgotten = false;
  readonly #hash: RunningHash | undefined;
  #head = "";
  #text = "";
  /** What comes after the text, as it is written between quotation marks in JSON. */
  #written = "";

  constructor(plan: JoinedPlan) {
    this.#hash = plan.match === "equal" || plan.match === "prefix" ? new RunningHash() : undefined;
  }

  /** It takes parts as they are written. */
  get keepsText(): boolean {
    return this.#hash === undefined;
  }

  /**
   * Adds a part as it is written in JSON, without its quotation marks: many parts are then read at one go. Only where text is
   * kept, and only short ones, which are copies: a long one would keep alive what it was cut from.
   */
  addWritten(part: string): void {
    this.#written += part;
    if (this.#written.length > MOST_WRITTEN) this.#read();
  }

  #read(): void {
    if (this.#written === "") return;
    const written = this.#written;
    this.#written = "";
    this.add(JSON.parse(`"${written}"`));
  }

  /** Too long to keep, so that it cannot be parsed. */
  get forgotten(): boolean {
    this.#read();
    return this.#forgotten;
  }

  add(part: string): void {
    this.#read();
    this.#length += part.length;
    if (this.#hash !== undefined) {
      this.#hash.add(part);
      if (this.#head.length < HEAD) this.#head = (this.#head + part).slice(0, HEAD);
      return;
    }
    if (this.#length > MOST_KEPT) {
      this.#forgotten = true;
      this.#text = "";
    } else this.#text += part;
  }

  /** The text of a join that is to be parsed. */
  get text(): string {
    this.#read();
    return this.#text;
  }

  /** The first characters, for messages. */
  get head(): string {
    return this.#hash === undefined ? this.text.slice(0, HEAD) : this.#head;
  }

  /** Is it the first part of `value`, or with `whole` all of it? */
  begins(value: string, whole: boolean): boolean {
    if (whole ? value.length !== this.#length : value.length < this.#length) return false;
    const other = new RunningHash();
    other.add(whole ? value : value.slice(0, this.#length));
    return this.#hash?.equals(other) ?? false;
  }
}
