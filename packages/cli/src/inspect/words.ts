import { stripVTControlCharacters } from "node:util";
import type { StreamReport } from "@ssert/report";
import type { Style } from "../style.ts";

/** How a tape is drawn on a terminal. */
export interface Page {
  readonly style: Style;
  /** Columns of drawings. */
  readonly width: number;
  /** Columns of lines; without end where nobody looks at them but programs. */
  readonly room: number;
  readonly now: Date;
}

/** `312 ms`, `4.2 s`, `3 min 12 s` */
export function duration(ms: number | undefined): string {
  if (ms === undefined) return "unknown";
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${ms.toFixed(0)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

const UNITS = [
  ["year", 365.25 * 86_400],
  ["month", 30.44 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** `3 days`, `less than a minute`; of a time to come, `from the future`. */
export function age(recordedAt: string, now: Date): string {
  const seconds = (now.getTime() - Date.parse(recordedAt)) / 1000;
  if (Number.isNaN(seconds)) return "of unknown age";
  if (seconds < 0) return "from the future";
  for (const [unit, length] of UNITS) {
    const number = Math.floor(seconds / length);
    if (number >= 1) return `${number} ${unit}${number === 1 ? "" : "s"} old`;
  }
  return "less than a minute old";
}

/** `3.5 kB`, as the reports have it. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

const MARKS = {
  valid: { format: "green", sign: "✓", word: "valid" },
  invalid: { format: "red", sign: "✗", word: "invalid" },
  truncated: { format: "red", sign: "✗", word: "truncated" },
  "no-stream": { format: "dim", sign: "–", word: "not a stream" },
  unreadable: { format: "red", sign: "✗", word: "unreadable" },
} as const;

/** How a verdict is shown. */
export function verdictMark({ verdict }: Pick<StreamReport, "verdict">): (typeof MARKS)[typeof verdict] {
  return MARKS[verdict];
}

/** What is wrong with the recording itself: `edited`, `unfinished`. */
export function damage({ findings }: StreamReport): readonly string[] {
  return findings.flatMap(({ rule }) => (rule.startsWith("tape/") ? [rule.slice("tape/".length)] : []));
}

/** Lines of at most `width` columns, broken between words; a longer word, an address say, is left whole. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const joined = lines.length === 0 && line === "" ? word : `${line} ${word}`;
    if (line !== "" && stripVTControlCharacters(joined).length > width) {
      lines.push(line);
      line = word;
    } else line = joined;
  }
  return [...lines, line];
}
