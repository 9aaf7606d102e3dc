import { createStreamCheck, type Protocol, type StreamResult } from "@ssert/protocol";
import type { Mutant } from "./break-stream.ts";

/** What a mutant was found to break: `RULE@EVENT`, `RULE@end`. */
export function findingsOf(protocol: Protocol, mutant: Mutant): readonly string[] {
  return checkMutant(protocol, mutant).findings.map(({ rule, event }) => `${rule}@${event?.number ?? "end"}`);
}

/** What the checker says about a mutant, given its bytes, and what is known of the exchange. */
export function checkMutant(protocol: Protocol, { bytes, response, arrivals, memory }: Mutant): StreamResult {
  const stream = createStreamCheck({ protocol, ...memory });
  if (response !== undefined) stream.response(response);
  if (arrivals === undefined) {
    stream.push(bytes);
    return stream.end();
  }
  let start = 0;
  for (const { end, atUs } of arrivals.chunks) {
    stream.push(bytes.subarray(start, end), atUs);
    start = end;
  }
  return stream.end(arrivals.closedAtUs);
}
