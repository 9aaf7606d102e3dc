import type { KnownParser } from "./known-parser.ts";

interface Message {
  readonly event: string;
  readonly data: string;
}
interface Module {
  getLines(onLine: (line: Uint8Array, fieldLength: number) => void): (chunk: Uint8Array) => void;
  getMessages(
    onId: (id: string) => void,
    onRetry: (retry: number) => void,
    onMessage: (message: Message) => void,
  ): (line: Uint8Array, fieldLength: number) => void;
}

/**
 * Its parser without its client, which needs a page. `fetchEventSource` connects the two functions in just this way, and
 * keeps the last id that it is told of.
 */
export const fetchEventSource: KnownParser = {
  name: "@microsoft/fetch-event-source",
  async load(load, name) {
    const { getLines, getMessages } = await load<Module>(`${name}/lib/cjs/parse.js`);
    return {
      name,
      shows: { id: "last", retry: "each" },
      open(sink) {
        let lastEventId = "";
        const push = getLines(
          getMessages(
            (id) => {
              lastEventId = id;
            },
            (retry) => sink.retry(retry),
            ({ event, data }) => sink.event({ type: event, data, id: lastEventId }),
          ),
        );
        return { push, end: () => {} };
      },
    };
  },
};
