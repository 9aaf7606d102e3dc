import type { ClientRequest, IncomingMessage } from "node:http";

/** Bodies beyond this are relayed, but not kept: a request that asks for a stream is a prompt, not an upload. */
const MAX_KEPT_BYTES = 1024 * 1024;

/** Relays a request's body as it comes, and keeps a copy for the tape. */
export interface RelayedBody {
  /** All of it; undefined while it is still coming, empty where it is too large to be kept. */
  kept(): Uint8Array | undefined;
}

export function relayRequestBody(from: IncomingMessage, to: ClientRequest): RelayedBody {
  let pieces: Buffer[] = [];
  let bytes = 0;
  let whole = false;
  from.on("data", (piece: Buffer) => {
    bytes += piece.length;
    if (bytes <= MAX_KEPT_BYTES) pieces.push(piece);
    else pieces = [];
    if (to.destroyed) return;
    if (!to.write(piece)) from.pause();
  });
  to.on("drain", () => from.resume());
  // A server that answers and closes before it has read all: the rest is read, and dropped.
  to.on("close", () => from.resume());
  from.on("end", () => {
    whole = true;
    to.end();
  });
  return { kept: () => (whole ? Buffer.concat(pieces) : undefined) };
}
