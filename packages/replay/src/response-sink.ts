import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Outcome } from "./exchange.ts";
import type { Sink } from "./playback.ts";
import type { BodyEnd } from "./steps.ts";

/** Writes a body to an HTTP response, and the outcome down. Once the client is gone every call is a no-op, never a wait. */
export function responseSink(response: ServerResponse, outcome: Outcome): Sink {
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
      endResponse(response, how);
    },
  };
}

function endResponse(response: ServerResponse, how: BodyEnd): void {
  if (how === "eof") {
    response.end();
    return;
  }
  response.flushHeaders();
  const { socket } = response;
  if (socket === null) return;
  if (how === "cut") socket.destroySoon();
  else resetAfterFlush(socket);
}

/** A reset throws away what the kernel has not been given yet, so it waits for its turn behind the bytes. */
function resetAfterFlush(socket: Socket): void {
  if (socket.writableLength === 0) socket.resetAndDestroy();
  else socket.write("", () => socket.resetAndDestroy());
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
