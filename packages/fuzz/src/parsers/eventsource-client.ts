import { Callbacks } from "./callbacks.ts";
import type { KnownParser } from "./known-parser.ts";
import { fetchOf } from "./web-streams.ts";

interface Module {
  createEventSource(options: {
    url: string;
    fetch(url: string | URL): Promise<Response>;
    onMessage(event: { event?: string; data: string; id?: string }): void;
    onDisconnect(): void;
  }): { close(): void };
}

export const eventsourceClient: KnownParser = {
  name: "eventsource-client",
  async load(load, name) {
    const { createEventSource } = await load<Module>(name);
    return {
      name,
      shows: { id: "own" },
      async *read(chunks) {
        const callbacks = new Callbacks();
        const client = createEventSource({
          url: "http://127.0.0.1/",
          fetch: fetchOf(chunks),
          onMessage: ({ event, data, id }) => callbacks.tell({ type: event, data, id }),
          onDisconnect: () => callbacks.close(),
        });
        try {
          yield* callbacks;
        } finally {
          client.close();
        }
      },
    };
  },
};
