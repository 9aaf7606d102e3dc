import { CR, LF } from "./bytes.ts";

const SPACE = 32;

/**
 * Where the block that begins at `start` ends, if it is written in the common way and has no other line: `event: TYPE`,
 * `data: DATA` and a blank line, or without the first if it has no type; else -1. `type` and `data` are what the first block
 * from `start` on that dispatches an event dispatches.
 *
 * Only the frame is compared, not the values. Between `start` and the end, then, stand a line that begins with `event: `,
 * one that begins with `data: ` (so the block does dispatch) and a blank line, and beside them as many characters as the
 * type and the data have. If either value came from other lines than these, there would be no room for those lines.
 */
export function plainEnd(text: string, start: number, type: string | undefined, data: string): number {
  let at = start;
  if (type !== undefined) {
    if (!isEventPrefix(text, at)) return -1;
    at = behindLineEnd(text, at + 7 + type.length);
    if (at === -1) return -1;
  }
  if (!isDataPrefix(text, at)) return -1;
  at = behindLineEnd(text, at + 6 + data.length);
  return at === -1 ? -1 : behindLineEnd(text, at);
}

/** Where the `data` line of such a block begins; -1 if the block is none. */
export function plainData(text: string, start: number, type: string | undefined, data: string): number {
  if (plainEnd(text, start, type, data) === -1) return -1;
  return type === undefined ? start : behindLineEnd(text, start + 7 + type.length);
}

/**
 * Reads blocks of the common form from a text without CR: `event: TYPE`, `data: DATA` and a blank line, or without the
 * first. What such a block dispatches can be read in one way only, so it needs no parser; a property test holds this
 * against the parser. (Measured: with it a stream of small deltas is decoded in 0.6 times the time.)
 */
export class PlainBlocks {
  /** What the block read last dispatches. */
  type: string | undefined;
  data = "";
  /** Types come in runs: the latest is not cut out of the text again. */
  #latest = "";

  /** Where the block that begins at `start` ends; -1 if it is written in another way. */
  read(text: string, start: number): number {
    let at = start;
    this.type = undefined;
    if (isEventPrefix(text, at)) {
      const end = this.#readType(text, at + 7);
      if (end === -1) return -1;
      at = end + 1;
    }
    if (!isDataPrefix(text, at)) return -1;
    const end = text.indexOf("\n", at + 6);
    if (text.charCodeAt(end + 1) !== LF) return -1;
    this.data = text.slice(at + 6, end);
    return end + 2;
  }

  /** Lets go of the text: what was cut from it would keep it alive. */
  end(): void {
    this.type = undefined;
    this.data = "";
    this.#latest = "";
  }

  #readType(text: string, start: number): number {
    const expected = start + this.#latest.length;
    if (this.#latest !== "" && text.charCodeAt(expected) === LF && standsAt(this.#latest, text, start)) {
      this.type = this.#latest;
      return expected;
    }
    const end = text.indexOf("\n", start);
    // An empty type is none.
    if (end <= start) return -1;
    this.#latest = text.slice(start, end);
    this.type = this.#latest;
    return end;
  }
}

/** `startsWith` costs twice as much. */
function standsAt(piece: string, text: string, start: number): boolean {
  for (let at = 0; at < piece.length; at += 1) {
    if (piece.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  }
  return true;
}

/** Written out, since `startsWith` costs as much as all the rest. */
function isEventPrefix(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === 101 &&
    text.charCodeAt(at + 1) === 118 &&
    text.charCodeAt(at + 2) === 101 &&
    text.charCodeAt(at + 3) === 110 &&
    text.charCodeAt(at + 4) === 116 &&
    text.charCodeAt(at + 5) === 58 &&
    text.charCodeAt(at + 6) === SPACE
  );
}

function isDataPrefix(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === 100 &&
    text.charCodeAt(at + 1) === 97 &&
    text.charCodeAt(at + 2) === 116 &&
    text.charCodeAt(at + 3) === 97 &&
    text.charCodeAt(at + 4) === 58 &&
    text.charCodeAt(at + 5) === SPACE
  );
}

/** Behind the line end at `at`; -1 where there is none. */
function behindLineEnd(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit === LF) return at + 1;
  if (unit !== CR) return -1;
  return text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
}
