import type { ResponseFacts } from "@ssert/protocol";

/** When the chunks of a body came: each with its end in the bytes, in microseconds since the response's headers. */
export interface Arrivals {
  readonly chunks: readonly { readonly end: number; readonly atUs: number }[];
  readonly closedAtUs: number;
}

/** A stream as a server would send it. */
export interface SentStream extends Arrivals {
  readonly bytes: Uint8Array;
  readonly response: ResponseFacts;
}

export const EVENT_STREAM: ResponseFacts = { status: 200, headers: { "content-type": "text/event-stream" } };

/** Far enough apart that a replay at recorded speed sends each chunk as a packet of its own. */
export const CHUNK_EVERY_US = 5_000;

/** Chunks as they stand, the first `everyUs` after the response's headers, the others so long after each other; closed with the last. */
export function sentInChunks(chunks: readonly Uint8Array[], everyUs: number = CHUNK_EVERY_US): SentStream {
  let end = 0;
  const arrivals = chunks.map(({ length }, index) => {
    end += length;
    return { end, atUs: (index + 1) * everyUs };
  });
  return {
    bytes: Buffer.concat(chunks),
    response: EVENT_STREAM,
    chunks: arrivals,
    closedAtUs: chunks.length * everyUs,
  };
}
