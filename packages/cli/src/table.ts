import { displayWidth, fit } from "@ssert/report";

export interface Cell {
  /** What a terminal only shows. */
  readonly text: string;
  /** What is said where there is little room. */
  readonly short?: string;
  /** Adds colours. */
  readonly paint?: (text: string) => string;
}

/** `name`: cut in its middle where there is little room; a table has one. A number: the lowest is the first that goes. */
export type Column = "name" | "always" | number;

/**
 * A name that is cut to this still shows where it begins and ends (`tapes/0001-…messages.sse`). So much stays of names before a column
 * has to go; without any column that can go they get what there is.
 */
const LEAST_NAME = 24;

const BETWEEN = "  ";

/** Rows in columns, at most `room` wide: a line that the terminal wraps is none of a table. */
export function tableText(rows: readonly (readonly Cell[])[], columns: readonly Column[], room: number): string {
  const name = columns.indexOf("name");
  for (const { kept, brief } of plans(columns)) {
    const shown = rows.map((row) => kept.map((at) => cellText(row[at], brief && at !== name)));
    const widths = kept.map((_, at) => Math.max(0, ...shown.map((texts) => displayWidth(texts[at] ?? ""))));
    const place = kept.indexOf(name);
    const own = widths[place] ?? 0;
    // A column in which no row has anything takes no room.
    const filled = widths.filter((width) => width > 0);
    const total = filled.reduce((sum, width) => sum + width, 0) + BETWEEN.length * Math.max(0, filled.length - 1);
    const left = own - Math.max(0, total - room);
    const last = brief && kept.every((at) => typeof columns[at] !== "number");
    if (left < Math.min(own, LEAST_NAME) && !last) continue;
    widths[place] = Math.max(1, left);
    return rows.map((row, index) => rowText(row, kept, shown[index] ?? [], widths)).join("");
  }
  return "";
}

/** Which columns are shown, and whether by their short texts: the most telling way first. */
function* plans(columns: readonly Column[]): Generator<{ readonly kept: readonly number[]; readonly brief: boolean }> {
  const ranks = columns.filter((column) => typeof column === "number").sort((one, other) => one - other);
  const from = (least: number): readonly number[] =>
    columns.flatMap((column, at) => (typeof column !== "number" || column >= least ? [at] : []));
  const most = ranks.at(-1) ?? 0;
  // What is said last is rather said briefly than not at all.
  for (const rank of ranks) yield { kept: from(rank), brief: false };
  yield { kept: from(most), brief: true };
  yield { kept: from(Number.POSITIVE_INFINITY), brief: false };
  yield { kept: from(Number.POSITIVE_INFINITY), brief: true };
}

function cellText(cell: Cell | undefined, brief: boolean): string {
  return (brief ? cell?.short : undefined) ?? cell?.text ?? "";
}

function rowText(
  row: readonly Cell[],
  kept: readonly number[],
  texts: readonly string[],
  widths: readonly number[],
): string {
  const parts = kept.flatMap((at, index) => {
    const width = widths[index] ?? 0;
    if (width === 0) return [];
    const text = cut(texts[index] ?? "", width);
    const painted = text === "" ? "" : (row[at]?.paint?.(text) ?? text);
    return [painted + " ".repeat(width - displayWidth(text))];
  });
  return `${parts.join(BETWEEN).trimEnd()}\n`;
}

/** A text without its middle. */
function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const end = lastOf(text, Math.floor((width - 1) / 2));
  return `${fit(text, width - 1 - displayWidth(end))}…${end}`;
}

function lastOf(text: string, width: number): string {
  const letters = [...text];
  while (displayWidth(letters.join("")) > width) letters.shift();
  return letters.join("");
}
