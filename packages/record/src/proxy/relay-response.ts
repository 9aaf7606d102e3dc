import type { IncomingMessage, ServerResponse } from "node:http";
import type { TapeEnd } from "@ssert/tape";
import { watchEnd } from "../end.ts";
import { RecordError } from "../error.ts";
import type { Recording, Take } from "../take.ts";
import { createClientBody } from "./client-body.ts";
import type { Exchange } from "./exchange.ts";
import { pairs, relayedHeaders } from "./relayed-headers.ts";

export interface ResponseParts {
  readonly take: Take | undefined;
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

  let holds = 0;
  /** Reads on when all who asked for time have had it. */
  const hold = (room: Promise<void>): void => {
    holds += 1;
    response.pause();
    void room.then(() => {
      holds -= 1;
      if (holds === 0) response.resume();
    });
  };
  const body = createClientBody(toClient, hold);
  const pass = (raw: Buffer): void => {
    body.write(raw);
    if (take && !take.write(raw)) hold(take.drained().catch(tapeFailed));
  };
  const ended = watchEnd(upstream, response, pass);
  response.on("data", pass);
  passOnHead(response, toClient);
  // Headers leave with the first bytes if these came along, and else in this turn of the event loop all the same.
  setImmediate(() => {
    if (!toClient.writableEnded) body.flush();
  });

  const serverEnd = await ended;
  const end = exchange.end ?? serverEnd;
  body.flush();
  passOnEnd(toClient, end, response.rawTrailers);
  const recording = await take?.end(end).catch(tapeFailed);
  if (recording) parts.onRecording(recording);
}

function passOnHead(response: IncomingMessage, toClient: ServerResponse): void {
  const headers = relayedHeaders(response.rawHeaders);
  toClient.sendDate = false; // The upstream's own, or none.
  try {
    toClient.writeHead(response.statusCode ?? 502, response.statusMessage ?? "", headers);
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

function notRecorded(cause: unknown): RecordError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RecordError("tape", `relayed, but not recorded to its end: ${reason}`, { cause });
}
