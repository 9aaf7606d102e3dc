import type { KnownParser } from "./known-parser.ts";

interface Module {
  createParser(callbacks: {
    onEvent(event: { event?: string; data: string; id?: string }): void;
    onRetry(milliseconds: number): void;
  }): { feed(text: string): void; reset(): void };
}

/** Behind a streaming `TextDecoder`, as its documentation shows. */
export const eventsourceParser: KnownParser = {
  name: "eventsource-parser",
  async load(load, name) {
    const { createParser } = await load<Module>(name);
    return {
      name,
      shows: { id: "own", retry: "each" },
      open(sink) {
        let decoder = new TextDecoder();
        const parser = createParser({
          onEvent: ({ event, data, id }) => sink.event({ type: event, data, id }),
          onRetry: (milliseconds) => sink.retry(milliseconds),
        });
        return {
          push: (chunk) => parser.feed(decoder.decode(chunk, { stream: true })),
          end: () => parser.feed(decoder.decode()),
          reset() {
            decoder = new TextDecoder();
            parser.reset();
          },
        };
      },
    };
  },
};
