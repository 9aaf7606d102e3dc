import type { IncomingMessage, ServerResponse } from "node:http";
import type { Tape } from "@ssert/tape";
import { readBody } from "../body.ts";
import { type Exchange, noOutcome, type Outcome, tellAtClose } from "../exchange.ts";
import { type ListenOptions, listen, type RunningServer } from "../listen.ts";
import { checkPace, type Pace, type Speed } from "../pace.ts";
import { Playback } from "../playback.ts";
import { itsTurn, ResponseSink } from "../response-sink.ts";
import { systemTimer, type Timer } from "../timer.ts";
import { responseHead } from "./headers.ts";
import { Library } from "./library.ts";
import { describeMiss } from "./miss.ts";
import { requestFacts } from "./request.ts";
import { Shelf } from "./shelf.ts";

export interface ReplayOptions extends ListenOptions {
  /** Tapes for the same request answer it in the order given here. */
  readonly tapes: readonly Tape[];
  /** Default `recorded`. */
  readonly speed?: Speed;
  /** Longest wait in milliseconds, `speed` applied; default none. */
  readonly maxGapMs?: number;
  /** Told when a response is over. */
  readonly onExchange?: (exchange: Exchange) => void;
  readonly timer?: Timer;
}

export interface ReplayServer extends RunningServer {
  /** Paths of the tapes that have not answered a request yet. */
  unused(): readonly string[];
}

/** Requests to agents carry documents and pictures; what is larger than this is a mistake. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Starts a server that answers recorded requests with their tapes: status, headers, the bytes chunk by chunk, and the end
 * as recorded (see `bodyEnd`). A tape with a request answers that request only (method, path, query, canonical body); one
 * without answers any. A miss is a 404 that shows the nearest recorded request. Throws `ReplayError`.
 */
export async function startReplay(options: ReplayOptions): Promise<ReplayServer> {
  const pace: Pace = { speed: options.speed ?? "recorded", maxGapMs: options.maxGapMs };
  checkPace(pace);
  const library = new Library(options.tapes);
  const player: Player = { library, shelf: new Shelf(pace), timer: options.timer ?? systemTimer() };
  const server = await listen((request, response) => {
    const outcome = noOutcome();
    tellAtClose(request, response, outcome, options.onExchange);
    answer(player, request, response, outcome).catch((error: unknown) => fail(response, error));
  }, options);
  return { ...server, unused: () => library.unused().map(({ path }) => path) };
}

interface Player {
  readonly library: Library;
  readonly shelf: Shelf;
  readonly timer: Timer;
}

async function answer(
  { library, shelf, timer }: Player,
  request: IncomingMessage,
  response: ServerResponse,
  outcome: Outcome,
): Promise<unknown> {
  const { method = "", url = "" } = request;
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === undefined) {
    outcome.bytes = sendJson(response, 413, { error: `expected a body of at most ${MAX_BODY_BYTES} bytes` });
    return;
  }
  const tape = library.take(method, url, body);
  if (tape === undefined) {
    outcome.bytes = sendJson(response, 404, describeMiss(requestFacts(method, url, body), library.recorded));
    return;
  }
  outcome.tape = tape.path;
  await itsTurn(response);
  if (response.destroyed) return;
  const playback = new Playback(new ResponseSink(response, responseHead(tape, method), outcome, timer), timer);
  response.once("close", () => playback.stop());
  // Not awaited: what this function holds is free while the body plays.
  return playback.play(shelf.steps(tape));
}

function sendJson(response: ServerResponse, status: number, value: unknown): number {
  // People read it in the output of a failed test.
  const body = Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  response.writeHead(status, { "content-type": "application/json", "content-length": body.length });
  response.end(body);
  return body.length;
}

/** The client is gone, its request makes no sense, or the tape cannot be read. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  sendJson(response, 500, { error: error instanceof Error ? error.message : String(error) });
}
