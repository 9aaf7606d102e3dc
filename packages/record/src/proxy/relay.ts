import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import { isEventStream, keptHeaders, type TapeHeader, type TapeResponse, type TapeWriter } from "@ssert/tape";
import type { Clock } from "../clock.ts";
import { type RecordError, requestFailed } from "../error.ts";
import { tapeHeader } from "../header.ts";
import { type Recording, startTake, type Take } from "../take.ts";
import { createExchange } from "./exchange.ts";
import type { TapedRequest } from "./names.ts";
import { answerPlainly } from "./plain-answer.ts";
import { relayRequestBody } from "./relay-request.ts";
import { relayResponse } from "./relay-response.ts";
import { upstreamHeaders } from "./relayed-headers.ts";

/** What every exchange of a proxy needs. */
export interface RelayContext {
  readonly tool: string;
  readonly protocol: string | undefined;
  readonly all: boolean;
  readonly clock: Clock;
  /** The origin's `host:port`. */
  readonly host: string;
  /** The URL that a request target has at the origin. */
  readonly upstreamUrl: (target: string) => string;
  /** Begins a request to the origin. Throws where HTTP does not allow it. */
  readonly send: (method: string, target: string, headers: string[]) => ClientRequest;
  readonly createTape: (header: TapeHeader, request: TapedRequest) => Promise<TapeWriter>;
  readonly onRecording: (recording: Recording) => void;
  readonly onError: (error: RecordError) => void;
}

/** One exchange under way. */
export interface Relay {
  /** Ends it from our side: its tape ends as `interrupted`. */
  interrupt(): void;
  /** Resolves when it is over and its tape, if it has one, is finished. Never rejects. */
  readonly over: Promise<void>;
}

/** Relays one request to the origin and its response to the client, both as they come, and records the response. */
export function startRelay(fromClient: IncomingMessage, toClient: ServerResponse, context: RelayContext): Relay {
  const { method = "GET" } = fromClient;
  const target = originForm(fromClient.url ?? "/");
  const headers = upstreamHeaders(method, fromClient.rawHeaders, context.host);
  toClient.on("error", () => {}); // The client went away; `close` follows.

  let upstream: ClientRequest;
  try {
    upstream = context.send(method, target, headers);
  } catch (cause) {
    answerPlainly(toClient, 400, requestFailed(`${method} ${context.upstreamUrl(target)}`, cause).message);
    return { interrupt: () => toClient.destroy(), over: Promise.resolve() };
  }
  const body = relayRequestBody(fromClient, upstream);
  const exchange = createExchange(toClient, upstream);
  upstream.once("continue", () => {
    if (fromClient.headers.expect !== undefined) toClient.writeContinue();
  });

  const over = new Promise<void>((resolve) => {
    const failed = (cause: unknown): void => {
      if (exchange.end !== undefined) return;
      const error = requestFailed(context.upstreamUrl(target), cause);
      answerPlainly(toClient, 502, error.message);
      context.onError(error);
    };
    upstream.once("error", failed);
    upstream.once("close", () => resolve());
    upstream.once("response", (response) => {
      upstream.off("error", failed);
      exchange.answered(response);
      const take = recordedTake(response);
      resolve(relayResponse(exchange, response, { ...context, take }));
    });
  });

  function recordedTake(response: IncomingMessage): Take | undefined {
    const kept: TapeResponse = { status: response.statusCode ?? 0, headers: keptHeaders(response.headers) };
    if (!context.all && (method === "HEAD" || !isEventStream(kept))) return undefined;
    const header = tapeHeader({
      clock: context.clock,
      tool: context.tool,
      protocol: context.protocol,
      request: {
        method,
        url: context.upstreamUrl(target),
        headers: keptHeaders(fromClient.headersDistinct),
        body: body.kept(),
      },
      response: kept,
    });
    return startTake({
      response: kept,
      contentEncoding: response.headers["content-encoding"],
      clock: context.clock,
      open: () => context.createTape(header, { method, path: target }),
    });
  }

  return { interrupt: () => exchange.stop("interrupted"), over };
}

/** A request target without the scheme and host that a client sends to what it takes for a forward proxy. */
function originForm(target: string): string {
  const path = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  return path === "" || path.startsWith("?") ? `/${path}` : path;
}
