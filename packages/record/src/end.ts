import type { ClientRequest, IncomingMessage } from "node:http";
import type { TapeEnd } from "@ssert/tape";
import { codeOf } from "./error.ts";

/** How the server ended a response; the recorder's own reasons are told by whoever has them. */
export type ServerEnd = Extract<TapeEnd, "eof" | "cut" | "reset" | "malformed">;

/**
 * Resolves once the response is over and all of it was handed over, with how it ended. To be called as soon as the response
 * is there: what follows the headers in the same packet may already fail.
 *
 * Node tells it in pieces: `complete` is set when HTTP's own end was seen. A connection closed before that gives the response
 * an "aborted" error and nothing else, a reset first gives the request ECONNRESET, and bytes that are no HTTP give it HPE_….
 * What has arrived but was not asked for yet when the connection ends, Node would drop; it is given to `left`.
 */
export function watchEnd(
  request: ClientRequest,
  response: IncomingMessage,
  left: (bytes: Buffer) => void,
): Promise<ServerEnd> {
  let failure: string | undefined;
  request.on("error", (error) => {
    if (!response.complete) failure ??= codeOf(error);
  });
  response.on("error", () => {}); // "aborted"; `close` follows
  return new Promise((resolve) => {
    response.once("close", () => {
      for (let bytes: unknown = response.read(); bytes !== null; bytes = response.read()) {
        if (Buffer.isBuffer(bytes)) left(bytes);
      }
      resolve(endOf(response.complete, failure));
    });
  });
}

function endOf(complete: boolean, failure: string | undefined): ServerEnd {
  if (failure === undefined) return complete ? "eof" : "cut";
  if (failure === "HPE_INVALID_EOF_STATE") return "cut";
  return failure.startsWith("HPE_") ? "malformed" : "reset";
}
