import type { Decoded } from "./utf8.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** One ended line, and how many bytes had been read when it was certain that it had ended. */
export interface Line {
  readonly text: string;
  readonly ended: number;
}

/**
 * "The stream must then be parsed by reading everything line by line, with a U+000D CARRIAGE RETURN U+000A LINE FEED (CRLF)
 * character pair, a single U+000A LINE FEED (LF) character not preceded by a U+000D CARRIAGE RETURN (CR) character, and a
 * single U+000D CARRIAGE RETURN (CR) character not followed by a U+000A LINE FEED (LF) character being the ways in which a
 * line can end."
 *
 * A line that ends in CR has ended when the CR arrives: whether an LF follows decides only where the next line begins.
 * What comes after the last line end is no line; "once the end of the file is reached, any pending data must be discarded".
 */
export function readLines({ scalarValues, readWhenKnown }: Decoded): readonly Line[] {
  const lines: Line[] = [];
  let text = "";
  for (let index = 0; index < scalarValues.length; index += 1) {
    const value = scalarValues[index] ?? 0;
    const precededByCarriageReturn = scalarValues[index - 1] === carriageReturn;
    if (value === lineFeed && precededByCarriageReturn) continue;
    if (value === lineFeed || value === carriageReturn) {
      lines.push({ text, ended: readWhenKnown[index] ?? 0 });
      text = "";
    } else {
      text += String.fromCodePoint(value);
    }
  }
  return lines;
}
