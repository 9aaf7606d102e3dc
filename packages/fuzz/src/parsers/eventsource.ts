import { Callbacks } from "./callbacks.ts";
import type { KnownParser } from "./known-parser.ts";
import { fetchOf } from "./web-streams.ts";

interface Shown {
  readonly type: string;
  readonly data?: string;
  readonly lastEventId?: string;
}
interface Client {
  close(): void;
  dispatchEvent(event: Shown): boolean;
}
interface Module {
  readonly EventSource: new (url: string, options: { fetch: (url: string | URL) => Promise<Response> }) => Client;
}

/** The whole client, with a `fetch` of our own. Every event is seen where it is dispatched, whatever its type. */
export const eventsource: KnownParser = {
  name: "eventsource",
  async load(load, name) {
    const { EventSource } = await load<Module>(name);
    return {
      name,
      shows: { id: "last" },
      async *read(chunks) {
        const callbacks = new Callbacks();
        const source = new EventSource("http://127.0.0.1/", { fetch: fetchOf(chunks) });
        source.dispatchEvent = (event) => {
          if (event.data !== undefined) {
            callbacks.tell({ type: event.type, data: event.data, id: event.lastEventId });
          } else if (event.type === "error") {
            // The stream has ended, and the client would connect again.
            callbacks.close();
          }
          return true;
        };
        try {
          yield* callbacks;
        } finally {
          source.close();
        }
      },
    };
  },
};
