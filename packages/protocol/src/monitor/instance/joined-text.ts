import type { JoinedPlan } from "../../compile/plan.ts";
import { RunningHash } from "./running-hash.ts";

/** Shown in messages. */
const HEAD = 60;

/**
 * Engines keep a text that grows by small pieces as a tree of them: with pieces of one letter it took 50 times the memory
 * of the text. So many pieces are joined at a time.
 */
const PIECES = 128;

/** Long enough that reading costs little a part, short enough to add nothing to what is kept. */
const MOST_WRITTEN = 4 * 1024;

/** The strings at `of`, joined. Kept as text only where it must be parsed, else as a running hash. */
export class JoinedText {
  /** There was no memory for it, so that it cannot be parsed. */
  forgotten = false;
  /** Characters that the monitor's memory was asked for, of a text that is kept. */
  kept = 0;
  readonly #hash: RunningHash | undefined;
  #length = 0;
  #head = "";
  #text = "";
  #pieces: string[] = [];
  /** What comes after the text, as it is written between quotation marks in JSON. */
  #written = "";

  constructor(plan: JoinedPlan) {
    this.#hash = plan.match === "equal" || plan.match === "prefix" ? new RunningHash() : undefined;
  }

  /** It takes as much memory as it is long, and takes parts as they are written. */
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

  add(part: string): void {
    this.#read();
    if (this.#hash === undefined) {
      this.#pieces.push(part);
      if (this.#pieces.length === PIECES) this.#settle();
      return;
    }
    this.#length += part.length;
    this.#hash.add(part);
    if (this.#head.length < HEAD) this.#head = (this.#head + part).slice(0, HEAD);
  }

  forget(): void {
    this.forgotten = true;
    this.#text = "";
    this.#pieces = [];
    this.#written = "";
  }

  #settle(): void {
    this.#text += this.#pieces.join("");
    this.#pieces = [];
  }

  /** The text of a join that is to be parsed. */
  get text(): string {
    this.#read();
    this.#settle();
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
