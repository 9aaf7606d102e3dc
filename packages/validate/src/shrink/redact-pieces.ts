import { parseJson } from "./parse-json.ts";
import { linesWithData, type Piece, type PieceEvent, pieceOf } from "./pieces.ts";
import { redactValues } from "./redact.ts";
import { redactWords, wordsLeft } from "./redact-words.ts";

type Holds = (pieces: readonly Piece[]) => boolean;

export interface RedactedPieces {
  readonly pieces: readonly Piece[];
  /** Words and numbers of the content that are still there, wherever they are in the bytes. */
  readonly kept: readonly string[];
}

/**
 * Takes the content out of a stream: out of JSON data as values, then out of whatever is left (data that is not JSON or may not
 * be written anew, comments, other fields, tails) word by word. `known`: the protocol's own words, which are no content.
 */
export function redactPieces(pieces: readonly Piece[], known: ReadonlySet<string>, holds: Holds): RedactedPieces {
  const left = redactWords(redactData(pieces, holds), known, holds);
  return { pieces: left, kept: wordsLeft(left, known) };
}

/** An event whose data is JSON and can be written anew without losing the fault. */
interface JsonEvent {
  readonly index: number;
  readonly event: PieceEvent;
  readonly value: unknown;
}

function redactData(pieces: readonly Piece[], holds: Holds): readonly Piece[] {
  let left = pieces;
  const events: JsonEvent[] = [];
  for (const [index, { event }] of pieces.entries()) {
    const value = event && parseJson(event.data);
    if (event === undefined || value === undefined) continue;
    const anew = left.with(index, rewritten(event, value.json));
    if (!holds(anew)) continue; // its fault is how it is written: two data lines, say
    left = anew;
    events.push({ index, event, value: value.json });
  }
  const withValues = (values: readonly unknown[]): readonly Piece[] => {
    const next = [...left];
    for (const [at, { index, event }] of events.entries()) next[index] = rewritten(event, values[at]);
    return next;
  };
  const before = events.map(({ value }) => value);
  return withValues(redactValues(before, (candidate) => holds(withValues(candidate))));
}

function rewritten(event: PieceEvent, value: unknown): Piece {
  return pieceOf(linesWithData(event, JSON.stringify(value)));
}
