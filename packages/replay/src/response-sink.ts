import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Outcome } from "./exchange.ts";
import type { Sink } from "./playback.ts";
import type { BodyEnd } from "./steps.ts";
import type { Timer } from "./timer.ts";

/** Writes a body to an HTTP response, and the outcome down. Once the client is gone every call is a no-op, never a wait. */
export function responseSink(response: ServerResponse, outcome: Outcome, timer: Timer): Sink {
  return {
    flush() {
      if (!response.destroyed) response.flushHeaders();
    },
    write(bytes) {
      if (response.destroyed) return true;
      outcome.bytes += bytes.length;
      return response.write(bytes);
    },
    drained: () =>
      new Promise((resolve) => {
        if (response.destroyed) {
          resolve();
          return;
        }
        const done = (): void => {
          response.off("drain", done);
          response.off("close", done);
          resolve();
        };
        response.on("drain", done);
        response.on("close", done);
      }),
    end(how) {
      if (response.destroyed) return;
      outcome.end = how;
      endResponse(response, how, outcome.bytes, timer);
    },
  };
}

function endResponse(response: ServerResponse, how: BodyEnd, bytes: number, timer: Timer): void {
  if (how === "eof") {
    response.end();
    return;
  }
  response.flushHeaders();
  const { socket } = response;
  if (socket === null) return;
  if (how === "cut") socket.destroySoon();
  else resetAfterFlush(socket, bytes, timer);
}

/** A socket's receive buffer takes this much at once, read or not (Linux begins with 64 KiB, others with more). */
const TAKEN_AT_ONCE_BYTES = 32 * 1024;

/** For the rest of a large body to get there: on loopback a megabyte takes about one of them. */
const RESET_GRACE_MS = 50;

/** A reset throws away what is still on its way, here and in the kernel, so it waits for the bytes before it. */
function resetAfterFlush(socket: Socket, bytes: number, timer: Timer): void {
  const reset = (): void => void socket.resetAndDestroy();
  const flushed = (): void => {
    if (bytes <= TAKEN_AT_ONCE_BYTES) reset();
    else socket.once("close", timer.at(timer.now() + RESET_GRACE_MS, reset));
  };
  if (socket.writableLength === 0) flushed();
  else socket.write("", flushed);
}

/**
 * Resolves when it is this response's turn on its connection, or the client has left: a client may send its next request
 * before it has the answer to the first (HTTP pipelining).
 */
export async function itsTurn(response: ServerResponse): Promise<void> {
  if (response.socket !== null || response.destroyed) return;
  await new Promise<void>((resolve) => {
    response.once("socket", () => resolve());
    response.once("close", () => resolve());
  });
}
