import type { ReadableStream } from "node:stream/web";
import type { KnownParser } from "./known-parser.ts";
import { bodyOf, readEach } from "./web-streams.ts";

interface Shown {
  readonly event?: string | null;
  readonly data?: string;
  readonly id?: string | null;
}
interface Module {
  readonly EventStream: new (
    body: ReadableStream<Uint8Array>,
    parse: (message: Shown) => { value: Shown; done: boolean },
  ) => AsyncIterable<Shown>;
}

export const mistralai: KnownParser = {
  name: "@mistralai/mistralai",
  async load(load, name) {
    const { EventStream } = await load<Module>(`${name}/lib/event-streams`);
    return {
      name,
      shows: { id: "last" },
      read: readEach(
        (chunks) => new EventStream(bodyOf(chunks), (message) => ({ value: message, done: false })),
        ({ event, data, id }) => ({ type: event ?? undefined, data: data ?? "", id: id ?? undefined }),
      ),
    };
  },
};
