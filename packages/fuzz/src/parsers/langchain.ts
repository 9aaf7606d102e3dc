import type { ReadableStream } from "node:stream/web";
import type { ParserAdapter } from "../adapters/adapter.ts";
import type { KnownParser } from "./known-parser.ts";
import { bodyOf, readEach } from "./web-streams.ts";

interface Message {
  readonly event: string;
  readonly data: string;
}
interface Module {
  getLines(
    onLine: (line: Uint8Array, fieldLength: number, flush?: boolean) => void,
  ): (chunk: Uint8Array, flush?: boolean) => void;
  getMessages(
    onMessage: (message: Message) => void,
    onId: (id: string) => void,
    onRetry: (retry: number) => void,
  ): (line: Uint8Array, fieldLength: number, flush?: boolean) => void;
  convertEventStreamToIterableReadableDataStream(stream: ReadableStream<Uint8Array>): AsyncIterable<string>;
}

/** What its integrations call: data only, and none that is empty. */
const publicEntry = ({ convertEventStreamToIterableReadableDataStream: convert }: Module): ParserAdapter => ({
  name: "convertEventStreamToIterableReadableDataStream()",
  shows: { type: false, id: false },
  hides: (type) => type === "error" || type === "metadata",
  read: readEach(
    (chunks) => convert(bodyOf(chunks)),
    (data) => ({ data }),
  ),
});

/** The two functions that its `convertEventStreamToIterableReadableDataStream` connects, with the flush at the end. */
export const langchain: KnownParser = {
  name: "@langchain/core",
  async load(load, name) {
    const module = await load<Module>(`${name}/utils/event_source_parse`);
    const { getLines, getMessages } = module;
    return {
      name,
      shows: { id: "last", retry: "each" },
      publicEntry: publicEntry(module),
      deviations: [
        {
          property: "stream/unfinished",
          reason: "flushes at the end on purpose, for servers that leave the last blank line out",
        },
      ],
      open(sink) {
        let lastEventId = "";
        const push = getLines(
          getMessages(
            ({ event, data }) => sink.event({ type: event, data, id: lastEventId }),
            (id) => {
              lastEventId = id;
            },
            (retry) => sink.retry(retry),
          ),
        );
        return { push: (chunk) => push(chunk), end: () => push(new Uint8Array(), true) };
      },
    };
  },
};
