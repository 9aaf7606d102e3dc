import type { FrameLine, Location } from "@ssert/report";

/** A part of a stream. */
export interface Window {
  readonly bytes: Uint8Array;
  /** Where in the stream it begins. */
  readonly offset: number;
  /** Whether the stream goes on after it. */
  readonly more: boolean;
}

/** Blank lines before a place say nothing, so a line that does is looked for, so far. */
const LINES_BEFORE = 3;

/**
 * The line of a place and the lines before it, back to one that is not blank, as far as the window holds them. Of a line
 * longer than the window the part around the place. Ill-formed UTF-8 becomes U+FFFD, as decoders make it.
 */
export function linesAround(window: Window, location: Location): FrameLine[] | undefined {
  const { bytes } = window;
  const at = location.offset - window.offset;
  if (at < 0 || at > bytes.length) return undefined;
  const start = lineStart(window, at);
  const lines = [lineAt(window, start, at, location)];
  for (let next = start, number = location.line - 1; number > 0 && lines.length <= LINES_BEFORE; number--) {
    const end = next && lineEndBefore(bytes, next);
    const begin = end === undefined ? undefined : lineStart(window, end);
    if (begin === undefined) break;
    const text = decode(bytes.subarray(begin, end));
    lines.unshift({ number, text });
    if (text !== "") break;
    next = begin;
  }
  return lines;
}

function lineAt({ bytes, more }: Window, start: number | undefined, at: number, location: Location): FrameLine {
  let end = at;
  while (end < bytes.length && !isLineEnd(bytes[end])) end++;
  const from = start ?? characterStart(bytes);
  const before = decode(bytes.subarray(from, Math.max(from, at)));
  return {
    number: location.line,
    text: before + decode(bytes.subarray(Math.max(from, at), end)),
    ...(start === undefined && { column: Math.max(1, location.column - before.length) }),
    ...(end === bytes.length && more && { more }),
  };
}

const LF = 0x0a;
const CR = 0x0d;

function isLineEnd(byte: number | undefined): boolean {
  return byte === LF || byte === CR;
}

/** Where the line begins that `at` is in; undefined if that is before the window. A byte order mark is no part of a line. */
function lineStart({ bytes, offset }: Window, at: number): number | undefined {
  let start = at;
  while (start > 0 && !isLineEnd(bytes[start - 1])) start--;
  if (start > 0) return start;
  if (offset > 0) return undefined;
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** Where the line ends that is before the line that begins at `start`; undefined if there is none in the window. */
function lineEndBefore(bytes: Uint8Array, start: number): number | undefined {
  if (!isLineEnd(bytes[start - 1])) return undefined;
  return bytes[start - 1] === LF && bytes[start - 2] === CR ? start - 2 : start - 1;
}

/** The first whole character of a window that begins inside a line: after at most three bytes of one that is cut. */
function characterStart(bytes: Uint8Array): number {
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  return start;
}

/** Without what the end of the window cut off the last character. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes, { stream: true });
}
