import type { KnownParser } from "./known-parser.ts";
import { readEach, responseOf } from "./web-streams.ts";

interface Shown {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}
interface Module {
  parseServerSentEvents(response: Response): AsyncIterable<Shown>;
}

export const parseSse: KnownParser = {
  name: "parse-sse",
  async load(load, name) {
    const { parseServerSentEvents } = await load<Module>(name);
    return {
      name,
      shows: { id: "last" },
      read: readEach(
        (chunks) => parseServerSentEvents(responseOf(chunks)),
        ({ type, data, lastEventId }) => ({ type, data, id: lastEventId }),
      ),
    };
  },
};
