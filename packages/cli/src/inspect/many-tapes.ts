import type { StreamReport } from "@ssert/report";
import type { Inspection, Orphan } from "@ssert/validate";
import { counted } from "../phrases.ts";
import type { Style } from "../style.ts";
import { type Cell, type Column, tableText } from "../table.ts";
import { visible } from "../visible.ts";
import { age, damage, duration, type Page, size, verdictMark, wrapWords } from "./words.ts";

/** A tape of which nothing can be told but why. */
export interface Unreadable {
  readonly path: string;
  readonly message: string;
}

export interface ManyTapes {
  readonly inspections: readonly Inspection[];
  readonly unreadable: readonly Unreadable[];
  readonly orphans: readonly Orphan[];
}

/** One line a tape, then what is lost of others, then sums. */
export function describeTapes(tapes: ManyTapes, page: Page): string {
  const all = [
    ...tapes.inspections.map((inspection) => ({ path: inspection.tape.path, row: cells(inspection, page) })),
    ...tapes.unreadable.map(({ path }) => ({ path, row: unread(path, page) })),
  ];
  const rows = all.toSorted((one, other) => (one.path < other.path ? -1 : 1)).map(({ row }) => row);
  const table = tableText(rows, COLUMNS, page.room);
  return `${table}${table === "" ? "" : "\n"}${lost(tapes.orphans, page)}${wrapped(sums(tapes), "", page)}`;
}

/** Verdict, name, protocol, events, bytes, duration, age, damage: what must be known, then what it is, then how much. */
const COLUMNS: readonly Column[] = ["always", "name", 2, 5, 3, 4, 1, 6];

function cells({ tape, report, times }: Inspection, { style, now }: Page): readonly Cell[] {
  const faint = (text: string): Cell => ({ text, paint: (shown) => style("dim", shown) });
  const wrong = damage(report);
  const [first = "", ...more] = wrong;
  return [
    verdictCell(report, style),
    { text: visible(tape.path) },
    faint(visible(report.protocol ?? "–")),
    { text: counted(report.events, "event") },
    { text: size(tape.bytes) },
    { text: times.endMs === undefined ? "–" : duration(times.endMs) },
    faint(tape.header === undefined ? "bare" : age(tape.header.recordedAt, now)),
    {
      text: wrong.join(", "),
      short: more.length === 0 ? first : `${first} +${more.length}`,
      paint: (shown) => style("yellow", shown),
    },
  ];
}

/** Why is said on stderr. */
function unread(path: string, { style }: Page): readonly Cell[] {
  return [verdictCell({ verdict: "unreadable" }, style), { text: visible(path) }];
}

function verdictCell(report: Pick<StreamReport, "verdict">, style: Style): Cell {
  const { format, sign, word } = verdictMark(report);
  return { text: `${sign} ${word}`, short: sign, paint: (shown) => style(format, shown) };
}

function lost(orphans: readonly Orphan[], page: Page): string {
  const bodies = orphans.filter(({ kind }) => kind === "no-body");
  if (bodies.length === 0) return "";
  const lines = bodies.map(({ path }) =>
    wrapped(`${visible(path)}: its .sse is gone; restore it, or delete this`, "  ", page),
  );
  return `${counted(bodies.length, "orphan")}:\n${lines.join("")}\n`;
}

/** A sentence below the table; what is broken off stands further in. */
function wrapped(text: string, indent: string, { room }: Page): string {
  const [first = "", ...more] = wrapWords(text, room - indent.length - 2);
  return [`${indent}${first}\n`, ...more.map((line) => `${indent}  ${line}\n`)].join("");
}

function sums({ inspections, unreadable }: ManyTapes): string {
  const bytes = inspections.reduce((sum, { tape }) => sum + tape.bytes, 0);
  const events = inspections.reduce((sum, { report }) => sum + report.events, 0);
  const bare = inspections.filter(({ tape }) => tape.state === "bare").length;
  const damaged = inspections.filter(({ report }) => damage(report).length > 0).length;
  const parts = [counted(inspections.length + unreadable.length, "tape"), counted(events, "event"), size(bytes)];
  if (bare > 0) parts.push(`${bare} bare`);
  if (damaged > 0) parts.push(`${damaged} damaged or edited`);
  if (unreadable.length > 0) parts.push(`${unreadable.length} unreadable`);
  return parts.join(", ");
}
