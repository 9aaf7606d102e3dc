import { parseJson } from "./parse-json.ts";
import { linesWithData, type Piece, pieceOf } from "./pieces.ts";
import { mapLeaves } from "./redact.ts";

type Holds = (pieces: readonly Piece[]) => boolean;

/**
 * What no event allows alone: deltas are joined, and what two events must agree on (the property of an input and of the text
 * that it was streamed as, an id) is left out of both, or made short in both.
 */
export function reduceTogether(pieces: readonly Piece[], holds: Holds): readonly Piece[] {
  return withShortTexts(withoutKeys(joined(pieces, holds), holds), holds);
}

/** Each is looked for in all events: of a stream that stays large, thousands would take minutes. */
const MOST_TRIED = 200;

function joined(pieces: readonly Piece[], holds: Holds): readonly Piece[] {
  let left = pieces;
  for (let index = 0; index + 1 < left.length; ) {
    const fewer = joinedAt(left, index).find(holds);
    if (fewer === undefined) index += 1;
    else left = fewer;
  }
  return left;
}

/** An event and the next one as one, if they are of one type: texts that differ are joined, or all texts. */
function joinedAt(pieces: readonly Piece[], index: number): readonly (readonly Piece[])[] {
  const [first, second] = [pieces[index], pieces[index + 1]];
  if (first?.event === undefined || second?.event === undefined || typeOf(first) !== typeOf(second)) return [];
  const { event } = first;
  const [one, other] = [parseJson(event.data), parseJson(second.event.data)];
  if (one === undefined || other === undefined) return [];
  return [false, true].map((all) => {
    const data = JSON.stringify(concatenated(one.json, other.json, all));
    return [...pieces.slice(0, index), pieceOf(linesWithData(event, data)), ...pieces.slice(index + 2)];
  });
}

function typeOf({ event }: Piece): string | undefined {
  return event?.lines.findLast(({ name }) => name === "event")?.value;
}

function concatenated(one: unknown, other: unknown, all: boolean): unknown {
  if (typeof one === "string" && typeof other === "string") return all || one !== other ? one + other : one;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.map((item, index) => (index < other.length ? concatenated(item, other[index], all) : item));
  }
  if (!isRecord(one) || !isRecord(other)) return one;
  const entries = Object.entries(one).map(([key, value]) => {
    return [key, Object.hasOwn(other, key) ? concatenated(value, other[key], all) : value];
  });
  return Object.fromEntries(entries);
}

function withoutKeys(pieces: readonly Piece[], holds: Holds): readonly Piece[] {
  let left = pieces;
  for (const key of [...keysIn(pieces)].slice(0, MOST_TRIED)) {
    const without = mapData(left, (value) => withoutKey(value, key));
    if (without !== undefined && holds(without)) left = without;
  }
  return left;
}

/** Text that is itself JSON is looked into: the input of a tool is streamed so. */
function withoutKey(value: unknown, key: string): unknown {
  if (typeof value === "string") {
    const inner = parseJson(value);
    return isRecord(inner?.json) ? JSON.stringify(withoutKey(inner.json, key)) : value;
  }
  if (Array.isArray(value)) return value.map((item) => withoutKey(item, key));
  if (!isRecord(value)) return value;
  const left = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(left.map(([name, item]) => [name, withoutKey(item, key)]));
}

function keysIn(pieces: readonly Piece[]): ReadonlySet<string> {
  const keys = new Set<string>();
  const note = (value: unknown): unknown =>
    mapLeaves(
      value,
      (leaf) => {
        const inner = typeof leaf === "string" ? parseJson(leaf) : undefined;
        if (isRecord(inner?.json)) note(inner.json);
        return leaf;
      },
      (key) => {
        keys.add(key);
        return key;
      },
    );
  mapData(pieces, note);
  return keys;
}

/** Texts in several places, the longest first; each becomes empty everywhere, or its first character. */
function withShortTexts(pieces: readonly Piece[], holds: Holds): readonly Piece[] {
  let left = pieces;
  for (const text of repeatedTexts(pieces)) {
    for (const short of ["", [...text][0] ?? ""]) {
      const shorter = mapData(left, (value) => withText(value, text, short));
      if (short === text || shorter === undefined || !holds(shorter)) continue;
      left = shorter;
      break;
    }
  }
  return left;
}

function withText(value: unknown, text: string, short: string): unknown {
  const [quoted, shortQuoted] = [JSON.stringify(text), JSON.stringify(short)];
  const change = (leaf: unknown): unknown => {
    if (typeof leaf !== "string") return leaf;
    return leaf === text ? short : leaf.replaceAll(quoted, () => shortQuoted);
  };
  return mapLeaves(value, change, (key) => key);
}

function repeatedTexts(pieces: readonly Piece[]): readonly string[] {
  const seen = new Map<string, number>();
  const note = (leaf: unknown): unknown => {
    if (typeof leaf === "string" && leaf !== "") seen.set(leaf, (seen.get(leaf) ?? 0) + 1);
    if (typeof leaf === "string") {
      const inner = parseJson(leaf);
      if (isRecord(inner?.json)) mapLeaves(inner.json, note, (key) => key);
    }
    return leaf;
  };
  mapData(pieces, (value) => mapLeaves(value, note, (key) => key));
  const repeated = [...seen].filter(([text, count]) => count > 1 && text.length > 1).map(([text]) => text);
  return repeated.toSorted((one, other) => other.length - one.length).slice(0, MOST_TRIED);
}

/** The pieces with other data; undefined if that changes nothing. */
function mapData(pieces: readonly Piece[], change: (value: unknown) => unknown): readonly Piece[] | undefined {
  let changed = false;
  const mapped = pieces.map((piece) => {
    const value = piece.event && parseJson(piece.event.data);
    if (piece.event === undefined || value === undefined) return piece;
    const data = JSON.stringify(change(value.json));
    if (data === JSON.stringify(value.json)) return piece;
    changed = true;
    return pieceOf(linesWithData(piece.event, data));
  });
  return changed ? mapped : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
