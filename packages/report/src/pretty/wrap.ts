import { displayWidth, fit } from "./printable.ts";

/** Breaks a printable text between its words into lines of at most `width` columns; a longer word is broken inside. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.trim().split(/ +/)) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (displayWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (displayWidth(line) > width) {
      const piece = fit(line, width);
      lines.push(piece);
      line = line.slice(piece.length);
    }
  }
  if (line !== "" || lines.length === 0) lines.push(line);
  return lines;
}
