import type { IncomingMessage, ServerResponse } from "node:http";
import type { TapeEnd } from "@ssert/tape";
import { watchEnd } from "./end.ts";
import { RecordError } from "./error.ts";
import type { Exchange } from "./exchange.ts";
import { pairs, relayedHeaders } from "./relayed-headers.ts";
import type { Recording, Take } from "./take.ts";

export interface ResponseParts {
  readonly take: Take | undefined;
  /** Whether the client's connection can serve another request. */
  readonly keepAlive: boolean;
  readonly onRecording: (recording: Recording) => void;
  readonly onError: (error: RecordError) => void;
}

/** Passes a response on as it comes, and to its tape. Resolves when both are done. */
export async function relayResponse(
  exchange: Exchange,
  response: IncomingMessage,
  parts: ResponseParts,
): Promise<void> {
  const { toClient, upstream } = exchange;
  let { take } = parts;
  const tapeFailed = (cause: unknown): void => {
    if (!take) return;
    take.end("interrupted").catch(() => {});
    take = undefined;
    parts.onError(notRecorded(cause));
  };
  take?.drained().catch(tapeFailed);

  let passed = false;
  /** Undefined: there is room for more. */
  const pass = (raw: Buffer): Promise<unknown> | undefined => {
    passed = true;
    const client = toClient.write(raw) ? undefined : drained(toClient);
    const tape = (take?.write(raw) ?? true) ? undefined : take?.drained().catch(tapeFailed);
    return client || tape ? Promise.all([client, tape]) : undefined;
  };
  const ended = watchEnd(upstream, response, (raw) => void pass(raw));
  response.on("data", (raw: Buffer) => {
    const room = pass(raw);
    if (!room) return;
    response.pause();
    void room.then(() => response.resume());
  });
  passOnHead(response, toClient, parts.keepAlive, () => passed);

  const serverEnd = await ended;
  exchange.done();
  const end = exchange.end ?? serverEnd;
  passOnEnd(toClient, end, response.rawTrailers);
  const recording = await take?.end(end).catch(tapeFailed);
  if (recording) parts.onRecording(recording);
}

function passOnHead(
  response: IncomingMessage,
  toClient: ServerResponse,
  keepAlive: boolean,
  hasBody: () => boolean,
): void {
  const headers = relayedHeaders(response.rawHeaders);
  if (!keepAlive) headers.push("Connection", "close");
  toClient.sendDate = false; // The upstream's own, or none.
  try {
    toClient.writeHead(response.statusCode ?? 502, response.statusMessage ?? "", headers);
    // They leave with the first bytes if these came along, and else at the end of this turn of the event loop.
    setImmediate(() => {
      if (!hasBody() && !toClient.writableEnded) toClient.flushHeaders();
    });
  } catch {
    // A status line or field that HTTP allows no one to send: the client sees the connection close.
    toClient.destroy();
  }
}

/** What the upstream did is what the client sees: a cut is no clean end, and a reset is a reset. */
function passOnEnd(toClient: ServerResponse, end: TapeEnd, rawTrailers: readonly string[]): void {
  const { socket } = toClient;
  if (end === "eof") {
    if (rawTrailers.length > 0) toClient.addTrailers(pairs(rawTrailers));
    toClient.end();
  } else if (end === "reset" && socket) {
    // An empty write is done when all before it are: what was received is passed on first.
    socket.write(Buffer.alloc(0), () => socket.resetAndDestroy());
  } else if (end === "cut" || end === "malformed") {
    socket?.destroySoon();
  } else {
    toClient.destroy();
  }
}

/** Resolves when there is room for more, or no one left to take it. */
function drained(toClient: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      toClient.off("drain", done).off("close", done);
      resolve();
    };
    if (toClient.destroyed) resolve();
    else toClient.on("drain", done).on("close", done);
  });
}

function notRecorded(cause: unknown): RecordError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RecordError("tape", `relayed, but not recorded to its end: ${reason}`, { cause });
}
