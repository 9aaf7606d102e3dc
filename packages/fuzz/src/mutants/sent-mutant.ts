import { type Arrivals, CHUNK_EVERY_US, EVENT_STREAM, type SentStream } from "../sent/sent-stream.ts";
import { encodeSample } from "../streams/sample.ts";
import type { Mutant } from "./break-stream.ts";

/** A mutant as a server would send it: as its fault says, else an event a chunk; where the framing is broken, all at once. */
export function sentMutant(mutant: Mutant): SentStream {
  const { bytes, response = EVENT_STREAM, arrivals = arrivalsOf(mutant) } = mutant;
  return { bytes, response, ...arrivals };
}

function arrivalsOf({ events = [], bytes }: Mutant): Arrivals {
  let end = 0;
  const chunks = events.map((event, index) => {
    end += encodeSample([event]).length;
    return { end, atUs: (index + 1) * CHUNK_EVERY_US };
  });
  const closedAtUs = (events.length + 1) * CHUNK_EVERY_US;
  return { chunks: end < bytes.length ? [...chunks, { end: bytes.length, atUs: closedAtUs }] : chunks, closedAtUs };
}
