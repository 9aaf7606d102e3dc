import type { KnownParser } from "./known-parser.ts";
import { readEach, responseOf } from "./web-streams.ts";

interface Shown {
  readonly event?: string;
  readonly data?: string;
  readonly id?: string | number;
  readonly retry?: number;
}
interface Module {
  events(response: Response): AsyncIterable<Shown>;
}

export const fetchEventStream: KnownParser = {
  name: "fetch-event-stream",
  async load(load, name) {
    const { events } = await load<Module>(name);
    return {
      name,
      shows: { id: "own" },
      read: readEach(
        (chunks) => events(responseOf(chunks)),
        ({ event, data, id }) => ({ type: event, data: data ?? "", id: id === undefined ? undefined : String(id) }),
      ),
    };
  },
};
