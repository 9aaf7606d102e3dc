import { isEventStream, type Tape } from "@ssert/tape";
import type { Head } from "../response-sink.ts";
import { bodyEnd } from "../steps.ts";

/**
 * Of the connection, not of the content. The tape holds the body as the client's program saw it, so its length and its
 * coding on the wire are decided anew.
 */
const FRAMING: ReadonlySet<string> = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Status and headers as recorded; 200 and `text/event-stream` for a tape that does not say. */
export function responseHead(tape: Tape, method: string): Head {
  const response = tape.header?.response;
  if (response === undefined) return { status: 200, headers: { "content-type": "text/event-stream" } };
  const { status } = response;
  const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => !FRAMING.has(name)));
  const sized = bodyEnd(tape) === "eof" && !isEventStream(response) && hasBody(status, method);
  return { status, headers: sized ? { ...headers, "content-length": String(tape.bytes) } : headers };
}

/** RFC 9110, 6.4.1: which responses have no content whatever their headers say. */
function hasBody(status: number, method: string): boolean {
  return method !== "HEAD" && status !== 204 && status !== 304;
}
