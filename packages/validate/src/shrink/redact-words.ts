import type { Piece } from "./pieces.ts";
import { reduceList } from "./reduce-list.ts";

type Holds = (pieces: readonly Piece[]) => boolean;

/**
 * Letters and digits, one character that is not ASCII, or a stray byte, in text of which each character is a byte. Escapes of
 * JSON come first: that of a character is a word, whatever number of backslashes nesting has made of its one; the others are none.
 */
const WORD =
  /\\+(?:u[0-9a-fA-F]{4}|.)|[A-Za-z0-9]+|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\x80-\xff]/gs;

/** What masks and placeholders look like. */
const MASKED = /^(?:x+\d*|1+|0|\\+u0078)$/;

/** Words of SSE and of JSON itself. */
const SYNTAX: ReadonlySet<string> = new Set(["event", "data", "id", "retry", "true", "false", "null"]);

/** Bytes that are no text, and the characters at which lines are split: faults of framing, no content. */
const NO_TEXT = /^[\u0085\u2028\u2029\ufeff\ufffd]$/;

/**
 * Masks the words of a stream byte for byte: letters become `x`, digits `1`, so that a text and its pieces stay alike and a number
 * stays one. All at once if that holds, else all but the fewest that the fault needs. Then the protocol's words as well, one by
 * one, where they stand in content.
 */
export function redactWords(pieces: readonly Piece[], known: ReadonlySet<string>, holds: Holds): readonly Piece[] {
  const content = [...contentWords(pieces, known)];
  const maskedBut = (some: readonly string[]): readonly Piece[] => {
    const rest = new Set(some);
    return masked(pieces, new Set(content.filter((word) => !rest.has(word))));
  };
  const without = maskedBut(reduceList(content, (some) => holds(maskedBut(some))));
  return maskOneByOne(without, holds);
}

/** The content that is left in a stream, as it can be shown. */
export function wordsLeft(pieces: readonly Piece[], known: ReadonlySet<string>): readonly string[] {
  return [...contentWords(pieces, known)].map((word) => Buffer.from(word, "latin1").toString());
}

function masked(pieces: readonly Piece[], words: ReadonlySet<string>): readonly Piece[] {
  if (words.size === 0) return pieces;
  return pieces.map((piece) => {
    const text = latin1(piece);
    return withText(
      piece,
      text,
      text.replaceAll(WORD, (word) => (words.has(word) ? mask(word) : word)),
    );
  });
}

/** Each word that is left, in each place. */
function maskOneByOne(pieces: readonly Piece[], holds: Holds): readonly Piece[] {
  let left = pieces;
  for (const [index, piece] of pieces.entries()) {
    let text = latin1(piece);
    for (const { 0: word, index: at } of text.matchAll(WORD)) {
      if (!isText(word) || SYNTAX.has(word)) continue;
      const other = text.slice(0, at) + mask(word) + text.slice(at + word.length);
      const candidate = left.with(index, withText(piece, text, other));
      if (other.length !== text.length || !holds(candidate)) continue;
      left = candidate;
      text = other;
    }
  }
  return left;
}

function contentWords(pieces: readonly Piece[], known: ReadonlySet<string>): ReadonlySet<string> {
  const words = pieces.flatMap((piece) => latin1(piece).match(WORD) ?? []);
  return new Set(words.filter((word) => isText(word) && !known.has(word) && !SYNTAX.has(word)));
}

function isText(word: string): boolean {
  if (word.startsWith("\\")) return /^\\+u/.test(word) && !MASKED.test(word);
  return !MASKED.test(word) && !NO_TEXT.test(Buffer.from(word, "latin1").toString());
}

function mask(word: string): string {
  if (word.startsWith("\\")) return word.replace(/u[0-9a-fA-F]{4}$/, "u0078");
  return word.replaceAll(/\D/g, "x").replaceAll(/\d/g, "1");
}

function latin1({ bytes }: Piece): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

function withText(piece: Piece, text: string, other: string): Piece {
  return text === other ? piece : { ...piece, bytes: Buffer.from(other, "latin1") };
}

/** The words of texts that are names: what a protocol calls things, not what it says of them. */
export function wordsOfNames(names: Iterable<string>): ReadonlySet<string> {
  return new Set([...names].filter((name) => !/\s/.test(name)).flatMap((name) => name.match(WORD) ?? []));
}
