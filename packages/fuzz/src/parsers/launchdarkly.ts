import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Callbacks } from "./callbacks.ts";
import type { KnownParser } from "./known-parser.ts";

interface Shown {
  readonly type: string;
  readonly data?: string;
  readonly lastEventId?: string;
}
interface Source {
  close(): void;
  emit(type: string, event: Shown): boolean;
}
interface Module {
  readonly default: { readonly EventSource: new (url: string) => Source };
}

/** It opens its connection itself, so it gets a server. */
export const launchdarkly: KnownParser = {
  name: "launchdarkly-eventsource",
  async load(load, name) {
    const { EventSource } = (await load<Module>(name)).default;
    return {
      name,
      shows: { id: "last" },
      async *read(chunks) {
        const server = await serve(chunks);
        const { port }: AddressInfo = Object(server.address());
        const callbacks = new Callbacks();
        const source = new EventSource(`http://127.0.0.1:${port}/`);
        source.emit = (type, event) => {
          if (event?.data !== undefined) callbacks.tell({ type, data: event.data, id: event.lastEventId });
          else if (type === "end" || type === "error") callbacks.close();
          return true;
        };
        try {
          yield* callbacks;
        } finally {
          source.close();
          server.closeAllConnections();
          server.close();
        }
      },
    };
  },
};

function serve(chunks: AsyncIterable<Uint8Array>): Promise<Server> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    response.socket?.setNoDelay(true);
    const write = async (): Promise<void> => {
      for await (const chunk of chunks) {
        // HTTP has no empty chunks; and a turn between two keeps them two.
        if (chunk.length === 0) continue;
        response.write(chunk);
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    };
    write().catch((error: Error) => response.destroy(error));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
