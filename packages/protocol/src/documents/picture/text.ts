/** One line of text, as it is drawn. */
export interface Line {
  readonly text: string;
  /** Pixels. */
  readonly size: number;
  readonly look: "title" | "detail" | "event" | "early" | "note";
  /** The sign for "may come again" stands before it. */
  readonly loop?: boolean;
}

/** Advance of a monospaced letter, in its size: DejaVu Sans Mono and Menlo 0.602, Liberation Mono 0.6, Consolas 0.55. */
const ADVANCE = 0.602;

/** Room for the sign of a loop, in pixels. */
export const LOOP_SIGN = 15;

/** Pixels. What is drawn is fitted to exactly this width, whatever font there is. */
export function textWidth({ text, size }: Line): number {
  let columns = 0;
  for (const sign of text) columns += isWide(sign) ? 2 : 1;
  return columns * size * ADVANCE;
}

function lineWidth(line: Line): number {
  return textWidth(line) + (line.loop === true ? LOOP_SIGN : 0);
}

export function lineHeight({ size }: Line): number {
  return Math.round(size * 1.45);
}

export function linesHeight(lines: readonly Line[]): number {
  return lines.reduce((height, line) => height + lineHeight(line), 0);
}

export function linesWidth(lines: readonly Line[]): number {
  return Math.max(0, ...lines.map(lineWidth));
}

/** East Asian letters and emoji take two columns. */
function isWide(sign: string): boolean {
  return (sign.codePointAt(0) ?? 0) >= 0x1100;
}
