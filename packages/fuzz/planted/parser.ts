import type { PushAdapter, PushParser, Sink } from "../src/adapters/adapter.ts";

/**
 * A right parser in small steps. A planted parser takes one step over and gets it wrong, everything else stays right.
 *
 * Written independently of the oracle: it streams, with the platform's decoder.
 */
export class Parser implements PushParser {
  readonly sink: Sink;
  readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  started = false;
  partial = "";
  afterCr = false;
  data = "";
  type = "";
  lastEventId = "";

  constructor(sink: Sink) {
    this.sink = sink;
  }

  push(chunk: Uint8Array): void {
    this.feed(this.withoutMark(this.decode(chunk)));
  }

  end(): void {}

  reset(): void {
    this.decoder.decode();
    this.started = false;
    this.partial = "";
    this.afterCr = false;
    this.data = "";
    this.type = "";
  }

  decode(chunk: Uint8Array): string {
    return this.decoder.decode(chunk, { stream: true });
  }

  withoutMark(text: string): string {
    if (this.started || text === "") return text;
    this.started = true;
    return text.startsWith("\ufeff") ? text.slice(1) : text;
  }

  feed(text: string): void {
    let start = 0;
    for (let index = 0; index < text.length; index += 1) {
      const character = text.charAt(index);
      const insideCrLf = this.afterCr && character === "\n";
      this.afterCr = false;
      if (insideCrLf) {
        start = index + 1;
      } else if (this.endsLine(character)) {
        this.afterCr = character === "\r";
        const line = this.partial + text.slice(start, index);
        this.partial = "";
        start = index + 1;
        this.line(line);
      }
    }
    this.partial += text.slice(start);
  }

  endsLine(character: string): boolean {
    return character === "\n" || character === "\r";
  }

  line(line: string): void {
    const colon = line.indexOf(":");
    if (line === "") this.blank();
    else if (colon === 0) this.comment(line.slice(1));
    else if (colon === -1) this.field(line, "");
    else this.field(line.slice(0, colon), this.value(line.slice(colon + 1)));
  }

  value(afterColon: string): string {
    return afterColon.startsWith(" ") ? afterColon.slice(1) : afterColon;
  }

  comment(_text: string): void {}

  field(name: string, value: string): void {
    if (name === "data") this.dataField(value);
    else if (name === "event") this.eventField(value);
    else if (name === "id") this.idField(value);
    else if (name === "retry") this.retryField(value);
    else this.otherField(name, value);
  }

  dataField(value: string): void {
    this.data += `${value}\n`;
  }

  eventField(value: string): void {
    this.type = value;
  }

  idField(value: string): void {
    if (!value.includes("\0")) this.lastEventId = value;
  }

  retryField(value: string): void {
    if (/^[0-9]+$/.test(value)) this.sink.retry(Number(value));
  }

  otherField(_name: string, _value: string): void {}

  blank(): void {
    if (this.data !== "") this.show(this.type === "" ? "message" : this.type, this.data.slice(0, -1));
    this.data = "";
    this.type = "";
  }

  show(type: string, data: string): void {
    this.sink.event({ type, data, id: this.lastEventId });
  }
}

/** A parser with one bug, and the property under which it must be found. */
export interface Planted {
  readonly property: string;
  readonly adapter: PushAdapter;
  /** The bug lies in the bytes of a case, so that its counterexample is short; not in a size, a cut or a moment. */
  readonly inBytes: boolean;
}

export const adapterOf = (name: string, parser: new (sink: Sink) => PushParser): PushAdapter => ({
  name,
  shows: { id: "last", retry: "each" },
  open: (sink) => new parser(sink),
});

/** A bug that a few bytes show. */
export function planted(property: string, name: string, parser: new (sink: Sink) => PushParser): Planted {
  return { property, adapter: adapterOf(name, parser), inBytes: true };
}

/** A bug that only a size, or the behaviour between streams, shows. */
export function plantedAtLarge(property: string, name: string, parser: new (sink: Sink) => PushParser): Planted {
  return { ...planted(property, name, parser), inBytes: false };
}
