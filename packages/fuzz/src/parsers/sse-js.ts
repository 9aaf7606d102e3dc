import { Callbacks } from "./callbacks.ts";
import type { KnownParser } from "./known-parser.ts";

interface Shown {
  readonly type: string;
  readonly data?: string;
  readonly lastEventId?: string;
}
interface Source {
  stream(): void;
  close(): void;
  dispatchEvent(event: Shown | null): boolean;
}
interface Module {
  readonly SSE: new (url: string, options: { start: boolean; autoReconnect: boolean }) => Source;
}

/** It is fed through the browser's `XMLHttpRequest`, which here is one that the fuzzer writes to. */
export const sseJs: KnownParser = {
  name: "sse.js",
  async load(load, name) {
    const { SSE } = await load<Module>(name);
    return {
      name,
      shows: { id: "last" },
      deviations: ["work/long-line", "work/many-data-lines", "work/many-comments"].map((property) => ({
        property,
        reason: "reads responseText, which XMLHttpRequest builds anew as it grows, here as in a browser",
      })),
      async *read(chunks) {
        const callbacks = new Callbacks();
        let request: FedRequest | undefined;
        const made = (each: FedRequest): void => {
          request = each;
        };
        Object.assign(globalThis, {
          XMLHttpRequest: class extends FedRequest {
            constructor() {
              super();
              made(this);
            }
          },
        });
        const source = new SSE("http://127.0.0.1/", { start: false, autoReconnect: false });
        source.dispatchEvent = (event) => {
          // It dispatches null for a block without an event.
          const { type = "error", data, lastEventId } = event ?? {};
          if (data !== undefined && !ownTypes.has(type)) callbacks.tell({ type, data, id: lastEventId });
          return true;
        };
        source.stream();
        void feed(chunks, () => request).then(
          () => callbacks.close(),
          (error: unknown) => callbacks.close(error),
        );
        try {
          yield* callbacks;
        } finally {
          source.close();
        }
      },
    };
  },
};

// What it tells about itself, through the same door as the stream's events.
const ownTypes = new Set(["open", "error", "abort", "load", "readystatechange"]);

async function feed(chunks: AsyncIterable<Uint8Array>, request: () => FedRequest | undefined): Promise<void> {
  for await (const chunk of chunks) request()?.receive(chunk);
  request()?.finish();
}

/** As much of an `XMLHttpRequest` as a reader of `responseText` uses. */
class FedRequest extends EventTarget {
  static readonly HEADERS_RECEIVED = 2;
  readyState = 0;
  readonly status = 200;
  responseText = "";
  withCredentials = false;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #started = false;

  open(): void {
    this.readyState = 1;
  }
  setRequestHeader(): void {}
  getAllResponseHeaders(): string {
    return "content-type: text/event-stream\r\n";
  }
  send(): void {
    this.readyState = FedRequest.HEADERS_RECEIVED;
    this.dispatchEvent(new Event("readystatechange"));
  }
  abort(): void {}

  receive(chunk: Uint8Array): void {
    let text = this.#decoder.decode(chunk, { stream: true });
    // The text response of the standard is decoded with one byte order mark taken away.
    if (!this.#started && text !== "") {
      this.#started = true;
      text = text.replace(/^\ufeff/, "");
    }
    this.readyState = 3;
    this.responseText += text;
    this.dispatchEvent(new Event("progress"));
  }

  finish(): void {
    this.readyState = 4;
    this.dispatchEvent(new Event("load"));
  }
}
