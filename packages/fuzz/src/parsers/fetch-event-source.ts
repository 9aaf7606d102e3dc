import type { ParserAdapter } from "../adapters/adapter.ts";
import { Callbacks } from "./callbacks.ts";
import type { KnownParser, Load } from "./known-parser.ts";
import { fetchOf } from "./web-streams.ts";

interface Message {
  readonly event: string;
  readonly data: string;
}
interface Module {
  getLines(onLine: (line: Uint8Array, fieldLength: number) => void): (chunk: Uint8Array) => void;
  getMessages(
    onId: (id: string) => void,
    onRetry: (retry: number) => void,
    onMessage: (message: Message) => void,
  ): (line: Uint8Array, fieldLength: number) => void;
}

interface PublicModule {
  fetchEventSource(
    url: string,
    options: {
      fetch: (url: string | URL) => Promise<Response>;
      openWhenHidden: boolean;
      onmessage(message: Message & { readonly id: string; readonly retry?: number }): void;
      onerror(error: unknown): never;
    },
  ): Promise<void>;
}

/** The client, in as much of a page as it asks for: `clearTimeout` of a window, and a document that is always visible. */
const publicEntry = (load: Load, name: string): ParserAdapter => ({
  name: "fetchEventSource()",
  shows: { id: "own-or-empty", retry: "own" },
  async *read(chunks) {
    const { fetchEventSource: start } = await load<PublicModule>(name);
    const callbacks = new Callbacks();
    Object.assign(globalThis, { window: globalThis, document: { removeEventListener() {} } });
    try {
      start("http://127.0.0.1/", {
        fetch: fetchOf(chunks),
        openWhenHidden: true,
        onmessage: ({ event, data, id, retry }) => callbacks.tell({ type: event, data, id, retry }),
        onerror: (error) => {
          throw error;
        },
      }).then(
        () => callbacks.close(),
        (error: unknown) => callbacks.close(error),
      );
      yield* callbacks;
    } finally {
      Reflect.deleteProperty(globalThis, "window");
      Reflect.deleteProperty(globalThis, "document");
    }
  },
});

/**
 * Its parser without its client, which needs a page. `fetchEventSource` connects the two functions in just this way, and
 * keeps the last id that it is told of.
 */
export const fetchEventSource: KnownParser = {
  name: "@microsoft/fetch-event-source",
  async load(load, name) {
    const { getLines, getMessages } = await load<Module>(`${name}/lib/cjs/parse.js`);
    return {
      name,
      shows: { id: "last", retry: "each" },
      publicEntry: publicEntry(load, name),
      open(sink) {
        let lastEventId = "";
        const push = getLines(
          getMessages(
            (id) => {
              lastEventId = id;
            },
            (retry) => sink.retry(retry),
            ({ event, data }) => sink.event({ type: event, data, id: lastEventId }),
          ),
        );
        return { push, end: () => {} };
      },
    };
  },
};
