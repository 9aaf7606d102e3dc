import { Parser, type Planted, planted, plantedAtLarge } from "./parser.ts";

export const streams: readonly Planted[] = [
  planted(
    "stream/empty",
    "shows an event for a stream that has none",
    class extends Parser {
      shown = false;
      override show(type: string, data: string): void {
        this.shown = true;
        super.show(type, data);
      }
      override end(): void {
        if (!this.shown && this.data === "" && this.partial === "") super.show("message", "");
      }
    },
  ),
  planted(
    "stream/unfinished",
    "shows the block that the end of the stream cuts off",
    class extends Parser {
      override end(): void {
        if (this.partial !== "") this.line(this.partial);
        this.blank();
      }
    },
  ),
  planted(
    "stream/unfinished",
    "shows the block that lacks only its blank line",
    class extends Parser {
      override end(): void {
        if (this.partial === "") this.blank();
      }
    },
  ),
  plantedAtLarge(
    "stream/long",
    "cuts lines off at 64 KiB",
    class extends Parser {
      override line(line: string): void {
        super.line(line.slice(0, 65_536));
      }
    },
  ),
  plantedAtLarge(
    "stream/many",
    "reads no more than 100 events from one chunk",
    class extends Parser {
      room = 100;
      override push(chunk: Uint8Array): void {
        this.room = 100;
        super.push(chunk);
      }
      override show(type: string, data: string): void {
        this.room -= 1;
        if (this.room >= 0) super.show(type, data);
      }
    },
  ),
  planted(
    "chunks/anywhere",
    "forgets a line that a chunk cuts",
    class extends Parser {
      override push(chunk: Uint8Array): void {
        this.partial = "";
        super.push(chunk);
      }
    },
  ),
  planted(
    "chunks/anywhere",
    "takes the end of a chunk for the end of a line",
    class extends Parser {
      override push(chunk: Uint8Array): void {
        super.push(chunk);
        if (this.partial !== "") this.line(this.partial);
        this.partial = "";
      }
    },
  ),
  planted(
    "chunks/anywhere",
    "forgets the data of a block that a chunk cuts between its lines",
    class extends Parser {
      override push(chunk: Uint8Array): void {
        if (this.partial === "") this.data = "";
        super.push(chunk);
      }
    },
  ),
  planted(
    "chunks/bytes",
    "loses the third of three chunks of one byte",
    class extends Parser {
      single = 0;
      override push(chunk: Uint8Array): void {
        this.single = chunk.length === 1 ? this.single + 1 : 0;
        if (this.single !== 3) super.push(chunk);
      }
    },
  ),
  planted(
    "chunks/fields",
    "forgets the type when a chunk ends before the data",
    class extends Parser {
      override push(chunk: Uint8Array): void {
        super.push(chunk);
        if (this.data === "") this.type = "";
      }
    },
  ),
  planted(
    "chunks/empty",
    "takes an empty chunk for the end",
    class extends Parser {
      ended = false;
      override push(chunk: Uint8Array): void {
        this.ended ||= chunk.length === 0;
        if (!this.ended) super.push(chunk);
      }
    },
  ),
];
