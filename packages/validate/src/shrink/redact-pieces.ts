import { parseJson } from "./parse-json.ts";
import { type Line, linesWithData, type Piece, type PieceEvent, pieceOf } from "./pieces.ts";
import { maskText, redactValues } from "./redact.ts";

type Holds = (pieces: readonly Piece[]) => boolean;

export interface RedactedPieces {
  readonly pieces: readonly Piece[];
  /** What had to stay: texts and keys, or what is no event as a whole. */
  readonly kept: readonly string[];
}

/** Takes the content out of a stream: out of JSON data, of data that is not JSON, of comments and of other fields. */
export function redactPieces(pieces: readonly Piece[], holds: Holds): RedactedPieces {
  const data = redactData(pieces, holds);
  const rest = redactRest(data.pieces, holds);
  return { pieces: rest.pieces, kept: [...data.kept, ...rest.kept] };
}

/** An event whose data is JSON and can be written anew without losing the fault. */
interface JsonEvent {
  readonly index: number;
  readonly event: PieceEvent;
  readonly value: unknown;
}

function redactData(pieces: readonly Piece[], holds: Holds): RedactedPieces {
  let left = pieces;
  const events: JsonEvent[] = [];
  const untouched: string[] = [];
  for (const [index, { event }] of pieces.entries()) {
    const value = event && parseJson(event.data);
    if (event === undefined || value === undefined) continue;
    const anew = left.with(index, rewritten(event, value.json));
    if (holds(anew)) {
      left = anew;
      events.push({ index, event, value: value.json });
    } else if (maskText(event.data) !== event.data) untouched.push(event.data); // its fault is how it is written: two data lines, say
  }
  const withValues = (values: readonly unknown[]): readonly Piece[] => {
    const next = [...left];
    for (const [at, { index, event }] of events.entries()) next[index] = rewritten(event, values[at]);
    return next;
  };
  const before = events.map(({ value }) => value);
  const { values, kept } = redactValues(before, (candidate) => holds(withValues(candidate)));
  return { pieces: withValues(values), kept: [...kept, ...untouched] };
}

function rewritten(event: PieceEvent, value: unknown): Piece {
  return pieceOf(linesWithData(event, JSON.stringify(value)));
}

/** Data that is not JSON, comments, ids, and bytes that are no event. */
function redactRest(pieces: readonly Piece[], holds: Holds): RedactedPieces {
  let left = pieces;
  const kept: string[] = [];
  for (const [index, { event, bytes }] of pieces.entries()) {
    const before = event === undefined ? linesOf(bytes) : event.lines;
    for (const [at, { name, value }] of before.entries()) {
      const json = event !== undefined && name === "data" && parseJson(event.data) !== undefined;
      if (json || name === "event" || maskText(value) === value) continue;
      const lines = (left[index]?.event?.lines ?? before).with(at, { name, value: maskText(value) });
      const piece = event === undefined ? { bytes: unterminated(lines), event } : pieceOf(lines);
      if (holds(left.with(index, piece))) left = left.with(index, piece);
      else kept.push(value);
    }
  }
  return { pieces: left, kept };
}

function linesOf(bytes: Uint8Array): readonly Line[] {
  const text = new TextDecoder().decode(bytes);
  return text.split(/\r\n|\r|\n/).map((line) => {
    const colon = line.indexOf(":");
    return colon < 0 ? { name: line, value: "" } : { name: line.slice(0, colon), value: line.slice(colon + 1) };
  });
}

function unterminated(lines: readonly Line[]): Uint8Array {
  const text = lines.map(({ name, value }) => (value === "" ? name : `${name}:${value}`)).join("\n");
  return new TextEncoder().encode(text);
}
