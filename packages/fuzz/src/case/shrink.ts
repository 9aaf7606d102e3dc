import type { Case } from "./case.ts";

/**
 * Smaller neighbours of a case, the boldest first: fewer cuts, without a block, a line, a run of bytes, one byte, and last
 * with a plainer byte in place of another. Each is smaller than `case` in an order that ends, so shrinking ends.
 *
 * Delta debugging over bytes and cuts instead of over the grammar that drew them: what is smallest for a reader of the
 * counterexample is the number of bytes, and a grammar's own steps get stuck above it.
 */
export function* smallerCases(from: Case): Generator<Case> {
  yield* fewerCuts(from);
  for (const [start, end] of removableRanges(from.text)) yield without(from, start, end);
  yield* earlierCuts(from);
  yield* plainerBytes(from);
}

function* fewerCuts({ text, cuts }: Case): Generator<Case> {
  if (cuts.length === 0) return;
  yield { text, cuts: [] };
  for (let size = cuts.length >> 1; size >= 1; size >>= 1) {
    for (let start = 0; start < cuts.length; start += size) {
      yield { text, cuts: [...cuts.slice(0, start), ...cuts.slice(start + size)] };
    }
  }
}

// Each step costs a parse of the whole case: above the first length not every place is tried, above the second not even
// every line. What has to be long to show a bug (a buffer's size, a number of events) is not read byte by byte anyway.
const short = 400;
const medium = 4000;
const placesInLongText = 4;

function* removableRanges(text: string): Generator<readonly [number, number]> {
  const long = text.length > medium;
  for (let size = text.length >> 1; size > (long ? 0 : 16); size >>= 1) {
    const step = long ? Math.max(size, Math.floor(text.length / placesInLongText)) : size;
    for (let start = 0; start < text.length; start += step) yield [start, Math.min(start + size, text.length)];
  }
  if (long) return;
  yield* runsOf(text, /(?:[^\r\n]+(?:\r\n|\r|\n))*(?:\r\n|\r|\n)/g);
  yield* runsOf(text, /[^\r\n]*(?:\r\n|\r|\n)/g);
  if (text.length > short) return;
  for (const size of [16, 12, 8, 6, 4, 3, 2, 1]) {
    // Overlapping steps: what can be taken out seldom lies at a multiple of its length.
    for (let start = 0; start + size <= text.length; start += 1) yield [start, start + size];
  }
}

// What repeats often repeats in two to four pieces: an id set and an id reset, for one.
const longestRun = 4;

/** One to four neighbours of what the pattern matches, the longest runs first. */
function* runsOf(text: string, pattern: RegExp): Generator<readonly [number, number]> {
  const matches = [...text.matchAll(pattern)].map(({ 0: match, index }) => [index, index + match.length] as const);
  for (let length = longestRun; length >= 1; length -= 1) {
    for (const [index, [start]] of matches.entries()) {
      const last = matches[index + length - 1];
      if (last !== undefined) yield [start, last[1]];
    }
  }
}

/** The case without the bytes from `start` to `end`; cuts inside them fall together at the place where they were. */
function without({ text, cuts }: Case, start: number, end: number): Case {
  const shorter = text.slice(0, start) + text.slice(end);
  const moved = cuts.map((cut) => (cut <= start ? cut : Math.max(start, cut - (end - start))));
  // A cut that falls on another, or on an end, would make an empty chunk that was not there: only what was empty stays.
  const kept = moved.filter((cut, index) => {
    const before = moved[index - 1] ?? 0;
    const wasEmpty = cuts[index] === (cuts[index - 1] ?? 0) || cuts[index] === text.length;
    return wasEmpty || (cut !== before && cut !== shorter.length);
  });
  return { text: shorter, cuts: kept };
}

function* earlierCuts({ text, cuts }: Case): Generator<Case> {
  for (const [index, cut] of cuts.entries()) {
    if (cut - 1 > (cuts[index - 1] ?? 0)) yield { text, cuts: cuts.with(index, cut - 1) };
  }
}

// From a byte to plainer ones: letters and digits to the first of their kind, the rest to a letter.
const plainer: readonly (readonly [RegExp, string])[] = [
  [/[2-9]/, "1"],
  [/[b-z]/, "a"],
  [/[^1-9a-z\r\n: ]/, "a"],
];

function* plainerBytes({ text, cuts }: Case): Generator<Case> {
  if (text.length > short) return;
  for (const [pattern, replacement] of plainer) {
    for (let index = 0; index < text.length; index += 1) {
      if (!pattern.test(text.charAt(index))) continue;
      yield { text: text.slice(0, index) + replacement + text.slice(index + 1), cuts };
    }
  }
}
