import type { KnownParser } from "./known-parser.ts";
import { bodyOf, readEach } from "./web-streams.ts";

interface Shown {
  readonly event: string;
  readonly data: string;
  readonly id: string;
}
interface Module {
  createSseStream(stream: AsyncIterable<Uint8Array>): AsyncIterable<Shown>;
}

export const azureCoreSse: KnownParser = {
  name: "@azure/core-sse",
  async load(load, name) {
    const { createSseStream } = await load<Module>(name);
    return {
      name,
      shows: { id: "own-or-empty" },
      read: readEach(
        (chunks) => createSseStream(bodyOf(chunks)),
        ({ event, data, id }) => ({ type: event, data, id }),
      ),
    };
  },
};
