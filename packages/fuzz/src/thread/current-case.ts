import type { Case } from "../case/case.ts";

const longestText = 1 << 20;
const mostCuts = 1 << 17;
const headerWords = 3;

/**
 * The case that a parser is at, in memory that two threads share: when the parser's thread hangs or dies, the other one can
 * still say at which case. A case that does not fit is not written down.
 */
export class CurrentCase {
  readonly buffer: SharedArrayBuffer;
  readonly #header: Int32Array;
  readonly #text: Uint8Array;
  readonly #cuts: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(4 * (headerWords + mostCuts) + longestText)) {
    this.buffer = buffer;
    this.#header = new Int32Array(buffer, 0, headerWords);
    this.#cuts = new Int32Array(buffer, 4 * headerWords, mostCuts);
    this.#text = new Uint8Array(buffer, 4 * (headerWords + mostCuts), longestText);
  }

  write({ text, cuts }: Case): void {
    const fits = text.length <= longestText && cuts.length <= mostCuts;
    if (fits) {
      for (let index = 0; index < text.length; index += 1) this.#text[index] = text.charCodeAt(index);
      this.#cuts.set(cuts);
    }
    Atomics.store(this.#header, 1, fits ? text.length : 0);
    Atomics.store(this.#header, 2, fits ? cuts.length : 0);
    this.beat();
  }

  /** Something happened, though no new case. */
  beat(): void {
    Atomics.add(this.#header, 0, 1);
  }

  /** Changes with each case and each beat. */
  get beats(): number {
    return Atomics.load(this.#header, 0);
  }

  read(): Case {
    const length = Atomics.load(this.#header, 1);
    const text = Buffer.from(this.#text.slice(0, length)).toString("latin1");
    return { text, cuts: [...this.#cuts.slice(0, Atomics.load(this.#header, 2))] };
  }
}
