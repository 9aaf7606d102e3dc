import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { frameChunk } from "./chunk-frame.ts";
import type { Outcome } from "./exchange.ts";
import type { Sink } from "./playback.ts";
import type { BodyEnd } from "./steps.ts";
import type { Timer } from "./timer.ts";

export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Writes a response, its head with the first thing that is to be seen of it, and the outcome down. The response is on its
 * connection (see `itsTurn`). Once the client is gone every call is a no-op, never a wait.
 *
 * Chunks go to the socket as one buffer each, framed here: `response.write` makes four pieces of each, and with 2,000 streams
 * at once those were a third of all garbage, at instant speed two thirds of the time. What chunked transfer coding is not for
 * (HTTP/1.0, a length in the head, HEAD) goes through `response.write`.
 */
export class ResponseSink implements Sink {
  readonly #response: ServerResponse;
  readonly #socket: Socket | null;
  readonly #head: Head;
  readonly #outcome: Outcome;
  readonly #timer: Timer;

  constructor(response: ServerResponse, head: Head, outcome: Outcome, timer: Timer) {
    this.#response = response;
    this.#socket = response.socket;
    this.#head = head;
    this.#outcome = outcome;
    this.#timer = timer;
  }

  flush(): void {
    if (!this.#isGone() && !this.#response.headersSent) this.#begin();
  }

  cork(): void {
    this.#socket?.cork();
  }

  uncork(): void {
    this.#socket?.uncork();
  }

  write(bytes: Uint8Array, framed?: Uint8Array): boolean {
    if (this.#isGone()) return true;
    this.#outcome.bytes += bytes.length;
    if (this.#response.headersSent) return this.#put(bytes, framed);
    // Head and first chunk in one packet.
    this.cork();
    this.#begin();
    const room = this.#put(bytes, framed);
    this.uncork();
    return room;
  }

  async drained(): Promise<void> {
    if (this.#isGone()) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#socket?.off("drain", done);
        this.#response.off("close", done);
        resolve();
      };
      this.#socket?.on("drain", done);
      this.#response.on("close", done);
    });
  }

  end(how: BodyEnd): void {
    const response = this.#response;
    if (response.destroyed) return;
    this.#outcome.end = how;
    if (how === "eof") {
      // Node's own head says of a body without bytes that its length is 0.
      if (!response.headersSent) setHead(response, this.#head);
      response.end();
      return;
    }
    this.flush();
    if (how === "cut") this.#socket?.destroySoon();
    else if (this.#socket !== null) resetAfterFlush(this.#socket, this.#outcome.bytes, this.#timer);
  }

  #isGone(): boolean {
    return this.#response.destroyed || this.#socket?.writable !== true;
  }

  /** As late as can be: as long as the tape may turn out to be unreadable, there can still be another head. */
  #begin(): void {
    const { status, headers } = this.#head;
    this.#response.writeHead(status, { ...headers });
    this.#response.flushHeaders();
  }

  #put(bytes: Uint8Array, framed: Uint8Array | undefined): boolean {
    if (!this.#response.chunkedEncoding || this.#socket === null) return this.#response.write(bytes);
    // A chunk of length 0 would be the last one.
    return bytes.length === 0 || this.#socket.write(framed ?? frameChunk(bytes));
  }
}

function setHead(response: ServerResponse, { status, headers }: Head): void {
  response.statusCode = status;
  response.setHeaders(new Map(Object.entries(headers)));
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
