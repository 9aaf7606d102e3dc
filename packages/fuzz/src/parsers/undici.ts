import { Readable, type Transform } from "node:stream";
import type { ParserAdapter } from "../adapters/adapter.ts";
import { Callbacks } from "./callbacks.ts";
import type { KnownParser, Load } from "./known-parser.ts";
import { serveOnce } from "./loopback.ts";

interface Shown {
  readonly type: string;
  readonly options: { readonly data: string; readonly lastEventId: string };
}
interface Module {
  readonly EventSourceStream: new (options: {
    eventSourceSettings: { lastEventId: string; reconnectionTime: number };
    push: (event: Shown) => void;
  }) => Transform;
}

interface MessageEvent {
  readonly type: string;
  readonly data?: string;
  readonly lastEventId?: string;
}
interface PublicModule {
  readonly EventSource: new (
    url: string,
    options: { node: { reconnectionTime: number } },
  ) => { close(): void; dispatchEvent(event: MessageEvent): boolean };
}

/** The client itself, on a server of its own. Every event is seen where it is dispatched, whatever its type. */
const publicEntry = (load: Load, name: string): ParserAdapter => ({
  name: `new EventSource() of ${name}`,
  shows: { id: "last" },
  // Its server works in this process too: the parser's share of the work cannot be told.
  outside: true,
  async *read(chunks) {
    const { EventSource } = await load<PublicModule>(name);
    const callbacks = new Callbacks();
    const server = await serveOnce(chunks);
    const source = new EventSource(server.url, { node: { reconnectionTime: 60_000 } });
    source.dispatchEvent = ({ type, data, lastEventId }) => {
      if (data !== undefined) callbacks.tell({ type, data, id: lastEventId });
      else if (type === "error") callbacks.close();
      return true;
    };
    try {
      yield* callbacks;
    } finally {
      source.close();
      server.close();
    }
  },
});

/** The stream below its `EventSource`, which Node's own is too. */
export const undici: KnownParser = {
  name: "undici",
  async load(load, name) {
    const { EventSourceStream } = await load<Module>(`${name}/lib/web/eventsource/eventsource-stream.js`);
    return {
      name,
      shows: { id: "last" },
      publicEntry: publicEntry(load, name),
      open(sink) {
        const stream = new EventSourceStream({
          eventSourceSettings: { lastEventId: "", reconnectionTime: 0 },
          push: ({ type, options }) => sink.event({ type, data: options.data, id: options.lastEventId }),
        });
        const failed = new Promise<never>((_, reject) => {
          stream.on("error", reject);
        });
        failed.catch(() => {});
        const written = (chunk: Uint8Array): Promise<void> =>
          new Promise((resolve, reject) => {
            stream.write(chunk, (error) => (error == null ? resolve() : reject(error)));
          });
        return {
          push: (chunk) => Promise.race([written(chunk), failed]),
          end: () => {
            Readable.from([]).pipe(stream);
          },
        };
      },
    };
  },
};
