import type { Oracle } from "./oracle.ts";
import { parseJson } from "./parse-json.ts";
import { linesWithData, type Piece, pieceOf } from "./pieces.ts";
import { reduceData } from "./reduce-data.ts";
import { reduceList } from "./reduce-list.ts";

/** Makes the data of each event as small as it goes, in the light of the others; of what may not be written anew, the bytes. */
export function reduceEach(pieces: readonly Piece[], oracle: Oracle): readonly Piece[] {
  const { holds } = oracle;
  let left = pieces;
  for (const [index, piece] of pieces.entries()) {
    if (oracle.exhausted) break;
    const { event } = piece;
    const json = event && parseJson(event.data);
    const withData = (data: string): readonly Piece[] =>
      event === undefined ? left : left.with(index, pieceOf(linesWithData(event, data)));
    const anew = json === undefined ? (event?.data ?? "") : JSON.stringify(json.json);
    if (event === undefined || !holds(withData(anew))) {
      left = left.with(
        index,
        smallerBytes(piece, (other) => holds(left.with(index, other))),
      );
      continue;
    }
    left = withData(smallerData(anew, json, (data) => holds(withData(data))));
  }
  return left;
}

function smallerData(data: string, json: ReturnType<typeof parseJson>, holds: (data: string) => boolean): string {
  if (json === undefined) return reduceList([...data], (units) => holds(units.join(""))).join("");
  return JSON.stringify(reduceData(json.json, (other) => holds(JSON.stringify(other))));
}

/** Fewer lines, then shorter values: of comments, blocks without data, a tail, data whose fault is how it is written. */
function smallerBytes({ bytes, event }: Piece, holds: (piece: Piece) => boolean): Piece {
  const pieceOfLines = (lines: readonly string[]): Piece => ({ bytes: Buffer.from(lines.join(""), "latin1"), event });
  const all = Buffer.from(bytes)
    .toString("latin1")
    .split(/(?<=\n|\r(?!\n))/);
  let lines = reduceList(all, (some) => holds(pieceOfLines(some)));
  for (const [index, line] of lines.entries()) {
    const [, name = "", value = ""] = /^([^:]*:)(.*)$/s.exec(line) ?? [];
    if (name === "" || value.length > MOST_UNITS) continue;
    const withUnits = (units: readonly string[]): readonly string[] => lines.with(index, name + units.join(""));
    lines = withUnits(reduceList([...value], (units) => holds(pieceOfLines(withUnits(units)))));
  }
  return pieceOfLines(lines);
}

/** Every unit is tried alone. */
const MOST_UNITS = 10_000;
