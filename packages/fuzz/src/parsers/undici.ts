import { Readable, type Transform } from "node:stream";
import type { KnownParser } from "./known-parser.ts";

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

/** The stream below its `EventSource`, which Node's own is too. */
export const undici: KnownParser = {
  name: "undici",
  async load(load, name) {
    const { EventSourceStream } = await load<Module>(`${name}/lib/web/eventsource/eventsource-stream.js`);
    return {
      name,
      shows: { id: "last" },
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
