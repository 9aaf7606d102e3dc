import type { ServerResponse } from "node:http";
import type { Writable } from "node:stream";

/** A response's body on its way to the client. */
export interface ClientBody {
  write(bytes: Uint8Array): void;
  /** Sends what waits, be it only the headers. */
  flush(): void;
}

/** Up to here, copying a chunk costs less than a write of its own. */
const SMALL_BYTES = 4096;

/** What chunked encoding adds to a small chunk: at most four hex digits and two line ends. */
const FRAME_BYTES = 8;

/**
 * Writes the body so that each piece is a chunk of its own where the response is chunked: a client sees the boundaries that
 * the origin made. The headers leave with the first bytes, or with `flush`.
 *
 * Node makes three writes of each chunk, two of them strings; for a stream of small deltas that was a quarter of the proxy's
 * work. So small chunks that arrive together are framed here and go to the socket as one buffer.
 *
 * `full` is called when the client does not keep up, with a promise of room; it resolves too when the client has gone.
 */
export function createClientBody(toClient: ServerResponse, full: (room: Promise<void>) => void): ClientBody {
  let small: Uint8Array[] = [];
  let begun = false;

  function flush(): void {
    if (begun && small.length === 0) return;
    const { socket } = toClient;
    const pieces = small;
    small = [];
    if (!socket) {
      // It waits for the response before it on the same connection; Node keeps what is written meanwhile.
      for (const piece of pieces) write(piece);
      return;
    }
    socket.cork();
    if (!begun) toClient.flushHeaders();
    begun = true;
    if (pieces.length > 0) socket.write(frame(pieces));
    socket.uncork();
    if (socket.writableNeedDrain) full(drained(socket));
  }

  function write(bytes: Uint8Array): void {
    begun = true;
    if (!toClient.write(bytes)) full(drained(toClient));
  }

  return {
    flush,
    write(bytes) {
      if (toClient.chunkedEncoding && toClient.socket && bytes.length <= SMALL_BYTES) {
        small.push(bytes);
        // All that one packet brings is written in the same turn.
        if (small.length === 1) process.nextTick(flush);
        return;
      }
      if (small.length > 0) flush();
      write(bytes);
    },
  };
}

const CR = 0x0d;
const LF = 0x0a;

/** Chunked encoding (RFC 9112, 7.1). Byte by byte: a call that writes a string of three costs more than the bytes of a delta. */
function frame(pieces: readonly Uint8Array[]): Buffer {
  const frames = Buffer.allocUnsafe(pieces.reduce((sum, piece) => sum + piece.length + FRAME_BYTES, 0));
  let at = 0;
  for (const piece of pieces) {
    at = writeHex(frames, at, piece.length);
    frames[at++] = CR;
    frames[at++] = LF;
    frames.set(piece, at);
    at += piece.length;
    frames[at++] = CR;
    frames[at++] = LF;
  }
  return frames.subarray(0, at);
}

/** Writes a number from 1 to 0xffff without leading zeros; gives the place behind it. */
function writeHex(into: Buffer, at: number, number: number): number {
  let end = at;
  for (let bits = 12; bits >= 0; bits -= 4) {
    const digit = (number >> bits) & 0xf;
    if (digit > 0 || end > at) into[end++] = digit < 10 ? 0x30 + digit : 0x57 + digit; // from "0", and from "a" - 10
  }
  return end;
}

/** Resolves when there is room for more, or no one left to take it. */
function drained(stream: Writable | ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off("drain", done).off("close", done);
      resolve();
    };
    if (stream.destroyed) resolve();
    else stream.on("drain", done).on("close", done);
  });
}
