import { Parser, type Planted, plantedAtLarge } from "./parser.ts";

export const growth: readonly Planted[] = [
  plantedAtLarge(
    "work/long-line",
    "looks for the line end from the start of the line with each chunk",
    class extends Parser {
      unread = "";
      override feed(text: string): void {
        this.unread += text;
        const end = this.unread.lastIndexOf("\n") + 1 || this.unread.lastIndexOf("\r") + 1;
        super.feed(this.unread.slice(0, end));
        this.unread = this.unread.slice(end);
      }
    },
  ),
  plantedAtLarge(
    "work/many-events",
    "looks through the whole chunk for each event",
    class extends Parser {
      chunk: Uint8Array = new Uint8Array();
      override push(chunk: Uint8Array): void {
        this.chunk = chunk;
        super.push(chunk);
      }
      override show(type: string, data: string): void {
        if (!this.chunk.includes(0)) super.show(type, data);
      }
    },
  ),
  plantedAtLarge(
    "work/many-data-lines",
    "copies the data lines for each new one",
    class extends Parser {
      lines: readonly string[] = [];
      override dataField(value: string): void {
        this.lines = [...this.lines, value];
        this.data = "\n";
      }
      override show(type: string): void {
        super.show(type, this.lines.join("\n"));
        this.lines = [];
      }
      override reset(): void {
        super.reset();
        this.lines = [];
      }
    },
  ),
  plantedAtLarge(
    "work/many-comments",
    "looks at all comments for each new one",
    class extends Parser {
      readonly seen: string[] = [];
      override comment(text: string): void {
        if (this.seen.lastIndexOf(`${text}?`) === -1) this.seen.push(text);
      }
    },
  ),
  plantedAtLarge(
    "memory/events",
    "keeps the events that it has shown",
    class extends Parser {
      readonly shown: string[] = [];
      override show(type: string, data: string): void {
        this.shown.push(Buffer.from(data).toString());
        super.show(type, data);
      }
    },
  ),
  plantedAtLarge(
    "memory/comments",
    "keeps comments",
    class extends Parser {
      readonly comments: string[] = [];
      override comment(text: string): void {
        this.comments.push(text);
      }
    },
  ),
  plantedAtLarge(
    "memory/unknown-fields",
    "keeps fields that it does not know",
    class extends Parser {
      readonly others: [string, string][] = [];
      override otherField(name: string, value: string): void {
        this.others.push([name, value]);
      }
    },
  ),
];
