import { type Pointer, valueAt } from "../../compile/place.ts";

/** Keys that stand for themselves in a regular expression and in JSON. */
const SIMPLE_KEY = /^[A-Za-z]\w*$/;

/** Looking for a better shape costs as much as parsing: it is done for one in so many texts of another shape. */
const LEARN_EVERY = 64;

/** For longer texts a match is no faster than JSON.parse. */
const LONGEST = 1_024;

const COPIED = 12;

/**
 * The data of one event, parsed when it is first asked for. Most events of most streams are deltas of one shape,
 * `{"content":"some words"}`: when one has been seen, the text of another with the same key proves that it is JSON, and
 * which shape it has, and need not be parsed unless its value is read (measured: 40 ns instead of 155 to parse it). What
 * comes out is always what `JSON.parse` makes of the text.
 */
export class EventData {
  /** Is the text JSON? */
  isJson = true;
  /** An object whose only key this is, with a string; `""`: `{}`; undefined: something else. */
  shape: string | undefined;
  #text = "";
  #value: unknown;
  #parsed = true;
  /** The whole text of a delta. */
  #pattern: RegExp | undefined;
  #misses = 0;
  #key = "";
  /** Where the string of such a text begins. */
  #start = 0;

  /** Takes on the next text. */
  begin(text: string): void {
    this.#text = text;
    this.#value = undefined;
    this.shape = this.shapeOf(text);
    this.#parsed = this.shape === undefined;
    this.isJson = true;
    if (this.#parsed) this.#parse(text);
  }

  /** Takes on something that is no JSON. */
  clear(): void {
    this.#text = "";
    this.#value = undefined;
    this.#parsed = true;
    this.shape = undefined;
  }

  /** Undefined for what is not JSON. */
  get value(): unknown {
    if (!this.#parsed) {
      this.#parsed = true;
      this.#value = JSON.parse(this.#text);
    }
    return this.#value;
  }

  /** What a pointer names; what the shape has no room for is looked for nowhere. */
  at(pointer: Pointer): unknown {
    const { tokens } = pointer;
    if (this.shape !== undefined && tokens.length > 0) {
      if (this.shape === "" || tokens.length > 1 || tokens[0] !== this.shape) return undefined;
    }
    return valueAt(this.value, pointer);
  }

  /**
   * Of data that has a shape: the string as it is written, without its quotation marks. Undefined if it is long: then it would
   * be no copy but keep the text alive that it was cut from (V8 copies up to 12 characters).
   */
  written(): string | undefined {
    const end = this.#text.length - 2;
    return end - this.#start <= COPIED ? this.#text.slice(this.#start, end) : undefined;
  }

  /** The shape that a text has, if it shows without parsing. */
  shapeOf(text: string): string | undefined {
    if (text === "{}") return "";
    return this.#pattern !== undefined && text.length < LONGEST && this.#pattern.test(text) ? this.#key : undefined;
  }

  #parse(text: string): void {
    try {
      this.#value = JSON.parse(text);
    } catch {
      this.isJson = false;
      return;
    }
    if (this.#pattern === undefined || this.#misses % LEARN_EVERY === 0) this.#learn(this.#value, text);
    this.#misses += 1;
  }

  #learn(data: unknown, text: string): void {
    if (typeof data !== "object" || data === null || Array.isArray(data)) return;
    const [first, second] = Object.entries(data);
    if (first === undefined || second !== undefined || typeof first[1] !== "string" || !SIMPLE_KEY.test(first[0]))
      return;
    const [key] = first;
    const head = [`{"${key}":`, `{"${key}": `].find((start) => text.startsWith(`${start}"`));
    if (head === undefined) return;
    this.#key = key;
    this.#start = head.length + 1;
    this.#pattern = new RegExp(`^\\${head}${PLAIN_STRING}\\}$`);
  }
}

/** A JSON string without `\u` escapes. The loop is unrolled, so that it needs no backtracking. */
const PLAIN_STRING = String.raw`"[^"\\\u0000-\u001f]*(?:\\["\\/bfnrt][^"\\\u0000-\u001f]*)*"`;
