import { parseJson } from "./parse-json.ts";
import { linesWithData, type Piece, pieceOf } from "./pieces.ts";

/** Some streams number their events, so that none can be left out unless those behind it are given other numbers. */
export type Renumber = (pieces: readonly Piece[]) => readonly Piece[];

/** Of a hundred steps all but one must be 1: a fault may be among them. */
const MOST_STEPS = 0.99;

const SAME: Renumber = (pieces) => pieces;

/** What closes the gaps that left out events leave, if the data of the events has a property that counts them. */
export function renumberOf(pieces: readonly Piece[]): Renumber {
  const [first] = pieces.flatMap((piece) => recordOf(piece) ?? []);
  const key = Object.keys(first ?? {}).find((name) => counts(pieces, name));
  if (key === undefined) return SAME;
  const numbers = new Map(pieces.map((piece) => [piece, numberAt(piece, key)]));
  const from = [...numbers.values()].find((number) => number !== undefined) ?? 0;
  const others = new Map<Piece, Piece>();
  return (some) => {
    let next = from;
    return some.map((piece) => {
      const number = numbers.has(piece) ? numbers.get(piece) : numberAt(piece, key);
      if (number === undefined) return piece;
      const wanted = next;
      next += 1;
      if (number === wanted) return piece;
      const cached = others.get(piece);
      if (cached !== undefined && numbers.get(cached) === wanted) return cached;
      const other = withNumber(piece, key, wanted);
      others.set(piece, other);
      numbers.set(other, wanted);
      return other;
    });
  };
}

function counts(pieces: readonly Piece[], key: string): boolean {
  const numbers = pieces.flatMap((piece) => numberAt(piece, key) ?? []);
  const steps = numbers.filter((number, index) => index > 0 && number === (numbers[index - 1] ?? 0) + 1).length;
  return numbers.length > 2 && steps >= (numbers.length - 1) * MOST_STEPS;
}

function withNumber(piece: Piece, key: string, number: number): Piece {
  const record = recordOf(piece);
  if (record === undefined || piece.event === undefined) return piece;
  return pieceOf(linesWithData(piece.event, JSON.stringify({ ...record, [key]: number })));
}

function numberAt(piece: Piece, key: string): number | undefined {
  const record = recordOf(piece);
  const value = record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
  return Number.isInteger(value) ? Number(value) : undefined;
}

/** The data of an event, if it is an object. */
function recordOf({ event }: Piece): Readonly<Record<string, unknown>> | undefined {
  const value = event && parseJson(event.data)?.json;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
