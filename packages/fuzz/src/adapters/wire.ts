import { createDecoder } from "@ssert/wire";
import type { PushAdapter } from "./adapter.ts";

/** Our own decoder, held against the oracle like any other parser. */
export const wireAdapter: PushAdapter = {
  name: "@ssert/wire",
  shows: { id: "own", retry: "each" },
  deviations: ["memory/comments", "memory/unknown-fields"].map((property) => ({
    property,
    reason: "keeps the bytes of a block until it ends, up to maxEventBytes, to tell the place of its every line",
  })),
  open(sink) {
    const decoder = createDecoder({ event: (event) => sink.event(event), retry: (time) => sink.retry(time) });
    return { push: (chunk) => decoder.push(chunk), end: () => decoder.end() };
  },
};
