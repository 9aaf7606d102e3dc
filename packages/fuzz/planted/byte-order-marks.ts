import { Parser, type Planted, planted } from "./parser.ts";

export const byteOrderMarks: readonly Planted[] = [
  planted(
    "bom/first",
    "leaves the byte order mark in the first line",
    class extends Parser {
      override withoutMark(text: string): string {
        return text;
      }
    },
  ),
  planted(
    "bom/first-cut",
    "looks for the byte order mark in the bytes of the first chunk only",
    class extends Parser {
      override push(chunk: Uint8Array): void {
        const marked = !this.started && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
        this.started = true;
        super.push(marked ? chunk.subarray(3) : chunk);
      }
    },
  ),
  planted(
    "bom/second",
    "takes two byte order marks away: the decoder one, the parser one",
    class extends Parser {
      override withoutMark(text: string): string {
        return super.withoutMark(this.started ? text : text.replace(/^\ufeff/, ""));
      }
    },
  ),
  planted(
    "bom/second-cut",
    "looks for a byte order mark until a chunk comes that has none",
    class extends Parser {
      override withoutMark(text: string): string {
        if (!text.startsWith("\ufeff") || this.started) {
          if (text !== "") this.started = true;
          return text;
        }
        return text.slice(1);
      }
    },
  ),
  planted(
    "bom/later",
    "takes a byte order mark away from every line",
    class extends Parser {
      override line(line: string): void {
        super.line(line.replace(/^\ufeff/, ""));
      }
    },
  ),
  planted(
    "bom/block-start",
    "takes a byte order mark away from every block",
    class extends Parser {
      atBlockStart = false;
      override line(line: string): void {
        super.line(this.atBlockStart ? line.replace(/^\ufeff/, "") : line);
        this.atBlockStart = line === "";
      }
    },
  ),
  planted(
    "bom/in-value",
    "decodes each value by itself, which takes a byte order mark away",
    class extends Parser {
      override value(afterColon: string): string {
        return super.value(afterColon).replace(/^\ufeff/, "");
      }
    },
  ),
  planted(
    "bom/chunk-start",
    "decodes with a byte order mark taken away at each chunk",
    class extends Parser {
      override withoutMark(text: string): string {
        return text.replace(/^\ufeff/, "");
      }
    },
  ),
];
