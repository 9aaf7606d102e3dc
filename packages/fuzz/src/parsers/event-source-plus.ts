import { Callbacks } from "./callbacks.ts";
import type { KnownParser } from "./known-parser.ts";
import { fetchOf } from "./web-streams.ts";

interface Message {
  readonly id?: string;
  readonly event: string;
  readonly data: string;
  readonly retry?: number;
}
interface Module {
  readonly EventSourcePlus: new (
    url: string,
    options: { fetch: (url: string | URL) => Promise<Response>; retryStrategy: "on-error"; maxRetryCount: number },
  ) => {
    listen(hooks: { onMessage(message: Message): void; onRequestError(context: unknown): void }): {
      abort(): void;
      onAbort?(listener: () => void): void;
    };
  };
}

export const eventSourcePlus: KnownParser = {
  name: "event-source-plus",
  async load(load, name) {
    const { EventSourcePlus } = await load<Module>(name);
    return {
      name,
      shows: { id: "own-or-empty" },
      async *read(chunks) {
        const callbacks = new Callbacks();
        const ended = async function* (): AsyncGenerator<Uint8Array> {
          yield* chunks;
          // Its end is told to no one; what it still has to tell, it tells before the next turn of the event loop is over.
          setTimeout(() => callbacks.close(), 2);
        };
        const client = new EventSourcePlus("http://127.0.0.1/", {
          fetch: fetchOf(ended()),
          retryStrategy: "on-error",
          maxRetryCount: 0,
        });
        const controller = client.listen({
          onMessage: ({ event, data, id }) => callbacks.tell({ type: event, data, id }),
          onRequestError: () => callbacks.close(new Error("request failed")),
        });
        try {
          yield* callbacks;
        } finally {
          controller.abort();
        }
      },
    };
  },
};
