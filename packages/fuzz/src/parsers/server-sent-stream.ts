import type { TransformStream } from "node:stream/web";
import type { KnownParser } from "./known-parser.ts";
import { bodyOf, readEach } from "./web-streams.ts";

interface Shown {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}
interface Module {
  readonly default:
    | (new () => TransformStream<Uint8Array, Shown>)
    | { readonly default: new () => TransformStream<Uint8Array, Shown> };
}

export const serverSentStream: KnownParser = {
  name: "@server-sent-stream/web",
  async load(load, name) {
    const module = await load<Module>(name);
    const EventSourceStream = "default" in module.default ? module.default.default : module.default;
    return {
      name,
      shows: { id: "last" },
      read: readEach(
        (chunks) => bodyOf(chunks).pipeThrough(new EventSourceStream()),
        ({ type, data, lastEventId }) => ({ type, data, id: lastEventId }),
      ),
    };
  },
};
