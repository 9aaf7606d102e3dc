import type { KnownParser } from "./known-parser.ts";
import { bodyOf, readEach } from "./web-streams.ts";

interface Shown {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}
interface Module {
  parse(stream: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Shown>>;
}

export const eventStreamParser: KnownParser = {
  name: "event-stream-parser",
  async load(load, name) {
    const { parse } = await load<Module>(name);
    return {
      name,
      shows: { id: "last" },
      read: readEach(
        (chunks) => parse(bodyOf(chunks)),
        ({ type, data, lastEventId }) => ({ type, data, id: lastEventId }),
      ),
    };
  },
};
