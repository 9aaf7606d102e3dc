import type { Inspection, Orphan } from "@ssert/validate";
import { counted } from "../phrases.ts";
import { visible } from "../visible.ts";
import { age, damage, duration, type Page, size, verdictMark, verdictWord } from "./words.ts";

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
  const widths = rows.reduce<number[]>(
    (most, row) => row.map(({ text }, at) => Math.max(most[at] ?? 0, text.length)),
    [],
  );
  const lines = rows.map((row) => {
    const padded = row.map(({ text, shown }, at) => shown + " ".repeat((widths[at] ?? 0) - text.length));
    return `${padded.join("  ").trimEnd()}\n`;
  });
  return `${lines.join("")}${lines.length > 0 ? "\n" : ""}${lost(tapes.orphans)}${sums(tapes)}`;
}

interface Cell {
  readonly text: string;
  /** The same with colours. */
  readonly shown: string;
}

function cells({ tape, report, times }: Inspection, { style, now }: Page): readonly Cell[] {
  const plain = (text: string): Cell => ({ text, shown: text });
  const faint = (text: string): Cell => ({ text, shown: style("dim", text) });
  const wrong = damage(report).join(", ");
  return [
    { text: verdictWord(report), shown: verdictMark(report, style) },
    plain(visible(tape.path)),
    faint(visible(report.protocol ?? "–")),
    plain(counted(report.events, "event")),
    plain(size(tape.bytes)),
    plain(times.endMs === undefined ? "–" : duration(times.endMs)),
    faint(tape.header === undefined ? "bare" : age(tape.header.recordedAt, now)),
    { text: wrong, shown: style("yellow", wrong) },
  ];
}

/** Why is said on stderr. */
function unread(path: string, { style }: Page): readonly Cell[] {
  const word = verdictWord({ verdict: "unreadable" });
  const shown = verdictMark({ verdict: "unreadable" }, style);
  return [
    { text: word, shown },
    { text: visible(path), shown: visible(path) },
  ];
}

function lost(orphans: readonly Orphan[]): string {
  const bodies = orphans.filter(({ kind }) => kind === "no-body");
  if (bodies.length === 0) return "";
  const lines = bodies.map(({ path }) => `  ${visible(path)}: its .sse is gone; restore it, or delete this\n`);
  return `${counted(bodies.length, "orphan")}:\n${lines.join("")}\n`;
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
  return `${parts.join(", ")}\n`;
}
