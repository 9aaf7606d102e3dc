import type { Location } from "../finding.ts";
import type { FrameLine } from "../frame-source.ts";
import { displayWidth, fit, printable } from "./printable.ts";
import type { Style, StyleFormat } from "./style.ts";

const ELLIPSIS = "…";

/** Lines are at most this many times longer than the frame is wide before they are made printable: work stays bounded. */
const SLACK = 4;

export interface FrameOptions {
  readonly width: number;
  readonly style: Style;
  readonly format: StyleFormat;
  readonly label: string | undefined;
}

/**
 * The lines around a place with a caret under its column, each at most `width` columns wide: a long line is clipped
 * around the caret. `label` stands behind the caret, `format` is how both are styled.
 */
export function renderFrame(lines: readonly FrameLine[], location: Location, options: FrameOptions): string[] {
  const { width, style, format, label } = options;
  const digits = Math.max(...lines.map((line) => String(line.number).length));
  const room = width - digits - GUTTER.length;
  return lines.flatMap((line) => {
    const here = line.number === location.line;
    const { text, caret } = clip(line, here ? location.column : 1, room);
    const shown = style("dim", `${String(line.number).padStart(digits)}${GUTTER}`) + (here ? text : style("dim", text));
    if (!here) return [shown.trimEnd()];
    const pointer = `${" ".repeat(caret)}^${label === undefined ? "" : ` ${fit(printable(label), room - caret - 2)}`}`;
    return [shown.trimEnd(), style("dim", `${" ".repeat(digits)}${GUTTER}`) + style(format, pointer)];
  });
}

const GUTTER = " │ ";

/** The part of a line that fits, with what stands for the rest, and how far from its start the column is shown. */
function clip(line: FrameLine, column: number, room: number): { text: string; caret: number } {
  const first = line.column ?? 1;
  const at = Math.min(Math.max(column - first, 0), line.text.length);
  const from = Math.max(0, at - room * SLACK);
  const to = at + room * SLACK;
  let before = printable(line.text.slice(from, at));
  const after = printable(line.text.slice(at, to));
  let left = first > 1 || from > 0;
  let right = (line.more ?? false) || to < line.text.length;

  const leftWidth = (): number => displayWidth(before) + (left ? 1 : 0);
  // A caret behind the last character takes a column, too.
  if (leftWidth() + Math.max(1, displayWidth(after) + (right ? 1 : 0)) > room) {
    // The caret keeps the last third of the frame for what follows it, or as much as there is.
    const reserved = Math.min(displayWidth(after) + (right ? 1 : 0), Math.ceil(room / 3)) || 1;
    if (leftWidth() > room - reserved) {
      before = tail(before, room - reserved - 1);
      left = true;
    }
  }
  const space = room - leftWidth();
  if (displayWidth(after) + (right ? 1 : 0) > space) right = true;
  const shown = right ? fit(after, space - 1) : after;
  return { text: `${left ? ELLIPSIS : ""}${before}${shown}${right ? ELLIPSIS : ""}`, caret: leftWidth() };
}

/** The longest end of a printable text that fits into `width` columns. */
function tail(text: string, width: number): string {
  let skipped = displayWidth(text) - width;
  let start = 0;
  for (const character of text) {
    if (skipped <= 0) break;
    skipped -= displayWidth(character);
    start += character.length;
  }
  return text.slice(start);
}
