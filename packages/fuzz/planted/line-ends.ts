import { Parser, type Planted, planted } from "./parser.ts";

/** Splits at a pattern, over everything that was read so far. */
class Splitting extends Parser {
  readonly lineEnd: RegExp = /\r\n|\r|\n/;

  override feed(text: string): void {
    const lines = (this.partial + text).split(this.lineEnd);
    this.partial = lines.pop() ?? "";
    for (const line of lines) this.line(line);
  }
}

export const lineEnds: readonly Planted[] = [
  planted(
    "line-ends/lf",
    "ends lines at CRLF and CR only",
    class extends Parser {
      override endsLine(character: string): boolean {
        return character === "\r";
      }
    },
  ),
  planted(
    "line-ends/crlf-once",
    "takes CR and LF for two line ends",
    class extends Splitting {
      override readonly lineEnd = /\r|\n/;
    },
  ),
  planted(
    "line-ends/crlf",
    "splits at LF and keeps the CR in the value",
    class extends Splitting {
      override readonly lineEnd = /\n/;
      override line(line: string): void {
        super.line(line === "\r" ? "" : line);
      }
    },
  ),
  planted(
    "line-ends/cr",
    "knows CRLF and LF only",
    class extends Splitting {
      override readonly lineEnd = /\r?\n/;
    },
  ),
  planted(
    "line-ends/mixed",
    "stays with the line end of the first line",
    class extends Splitting {
      override feed(text: string): void {
        const all = this.partial + text;
        const lineEnd = /\r\n|\r|\n/.exec(all)?.[0];
        const lines = lineEnd === undefined ? [all] : all.split(lineEnd);
        this.partial = lines.pop() ?? "";
        for (const line of lines) this.line(line);
      }
    },
  ),
  planted(
    "line-ends/crlf-cut",
    "forgets the CR at the end of a chunk, so that its LF ends another line",
    class extends Splitting {},
  ),
  planted(
    "line-ends/cr-cut",
    "waits for the LF of a CR at the end of a chunk and drops the CR if none comes",
    class extends Splitting {
      waiting = false;
      override feed(text: string): void {
        const joined = this.waiting && text.startsWith("\n") ? `\r${text}` : text;
        this.waiting = joined.endsWith("\r");
        super.feed(this.waiting ? joined.slice(0, -1) : joined);
      }
      override end(): void {
        if (this.waiting) super.feed("\r");
      }
    },
  ),
  planted(
    "line-ends/cr-at-end",
    "waits for what comes after a CR, and never looks again",
    class extends Splitting {
      waiting = "";
      override feed(text: string): void {
        const all = this.waiting + text;
        this.waiting = all.endsWith("\r") ? "\r" : "";
        super.feed(all.slice(0, all.length - this.waiting.length));
      }
    },
  ),
  planted(
    "line-ends/blank-lines",
    "shows the last event again at each further blank line",
    class extends Parser {
      last = "";
      override blank(): void {
        if (this.data === "" && this.last !== "") this.show("message", this.last);
        this.last = this.data.slice(0, -1);
        super.blank();
      }
      override line(line: string): void {
        if (line !== "") this.last = "";
        super.line(line);
      }
    },
  ),
];
