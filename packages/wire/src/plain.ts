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
