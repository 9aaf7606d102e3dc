import { Parser, type Planted, plantedAtLarge } from "./parser.ts";

const sharedBetweenParsers = { data: "" };

export const delivery: readonly Planted[] = [
  plantedAtLarge(
    "delivery/lf",
    "shows an event when the next one begins",
    class extends Parser {
      waiting: (() => void) | undefined;
      override show(type: string, data: string): void {
        const id = this.lastEventId;
        this.waiting?.();
        this.waiting = () => this.sink.event({ type, data, id });
      }
      override end(): void {
        this.waiting?.();
      }
    },
  ),
  plantedAtLarge(
    "delivery/crlf",
    "reads the last line of a chunk with the next chunk",
    class extends Parser {
      held = "";
      override feed(text: string): void {
        const all = this.held + text;
        this.held = all.endsWith("\r\n") ? "\r\n" : "";
        super.feed(all.slice(0, all.length - this.held.length));
      }
      override end(): void {
        super.feed(this.held);
      }
    },
  ),
  plantedAtLarge(
    "delivery/cr",
    "waits at a CR for what comes after",
    class extends Parser {
      held = "";
      override feed(text: string): void {
        const all = this.held + text;
        this.held = all.endsWith("\r") ? "\r" : "";
        super.feed(all.slice(0, all.length - this.held.length));
      }
      override end(): void {
        super.feed(this.held);
      }
    },
  ),
  plantedAtLarge(
    "delivery/not-early",
    "shows what it has at the end of a chunk that ends with a data line",
    class extends Parser {
      override push(chunk: Uint8Array): void {
        super.push(chunk);
        if (this.partial === "" && this.data !== "") this.blank();
      }
    },
  ),
  plantedAtLarge(
    "session/fresh",
    "keeps its data in a variable of the module",
    class extends Parser {
      override dataField(value: string): void {
        super.dataField(value);
        sharedBetweenParsers.data = this.data;
      }
      override blank(): void {
        sharedBetweenParsers.data = "";
        super.blank();
      }
      override push(chunk: Uint8Array): void {
        if (!this.started) this.data = sharedBetweenParsers.data;
        super.push(chunk);
      }
      override end(): void {
        sharedBetweenParsers.data = "";
      }
    },
  ),
  plantedAtLarge(
    "session/reset",
    "keeps the data of an unfinished block over a reset",
    class extends Parser {
      override reset(): void {
        const { data } = this;
        super.reset();
        this.data = data;
      }
    },
  ),
];
