import type { IncomingMessage } from "node:http";
import { checkNewTape, createTape, keptHeaders, type TapeResponse, type TapeWriter } from "@ssert/tape";
import { type Clock, systemClock } from "../clock.ts";
import { watchEnd } from "../end.ts";
import { requestFailed } from "../error.ts";
import { tapeHeader } from "../header.ts";
import { type Reception, type Recording, startTake } from "../take.ts";
import { type Bounds, startBounds } from "./bounds.ts";
import { parseUrl, type RequestOptions, type Sent, send } from "./send.ts";
import { createStopping, type Stopping } from "./stopping.ts";

/** One request, and what ends its response from our side. */
export interface ReceiveOptions extends RequestOptions {
  /** `http:` or `https:`. User and password in it are sent as basic authorization, and not kept. */
  readonly url: string;
  /** Aborted: the response ends as `client`. */
  readonly signal?: AbortSignal;
  /** Of the whole exchange, from the start. */
  readonly maxTimeMs?: number;
  /** Between two arrivals, from the response's headers on. */
  readonly idleTimeoutMs?: number;
  /** Decoded bytes; exactly these are taken, and the response ends as `limit`, when more come. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
  /** `location`: where a redirect leads, as the server says it; it is never on a tape. */
  readonly onResponse?: (response: TapeResponse, location: string | undefined) => void;
  /** Each chunk when it is taken, with microseconds since the response's headers. */
  readonly onChunk?: (bytes: Uint8Array, atUs: number) => void;
}

export interface RecordOptions extends ReceiveOptions {
  /** `NAME.sse` */
  readonly output: string;
  /** Replace the tape of that name, once response headers have arrived. */
  readonly force?: boolean;
  /** The protocol that the tape says the stream follows. */
  readonly protocol?: string;
}

/**
 * Sends one request and records its response, whatever it is, as a tape. Redirects are not followed: a 302 is a tape.
 *
 * Resolves when the tape is finished; how the response ended is data, not an error. Rejects with RecordError when no response
 * came (no file is made or touched then), and with TapeError when the tape cannot be written (`exists` before anything is sent).
 */
export async function record(options: RecordOptions): Promise<Recording> {
  const url = parseUrl(options.url);
  await checkNewTape(options.output, options);
  return await exchange(url, options, "; no tape was made", (sent, response, clock) => {
    const header = tapeHeader({
      clock,
      tool: options.tool,
      protocol: options.protocol,
      request: { method: sent.method, url: sent.url, headers: keptHeaders(sent.headers), body: sent.body },
      response,
    });
    return createTape(options.output, header, { force: options.force ?? false });
  });
}

/** The same without a tape: the response is handed to the callbacks only. Rejects with RecordError when no response came. */
export async function receive(options: ReceiveOptions): Promise<Reception> {
  const { path: _, ...reception } = await exchange(parseUrl(options.url), options, "", async () => NO_TAPE);
  return reception;
}

const NO_TAPE: TapeWriter = {
  path: "",
  append: () => true,
  drained: async () => {},
  finish: async (end, elapsedUs) => ({ end, elapsedUs, bytes: 0, sha256: "", redacted: 0 }),
};

type Open = (sent: Sent, response: TapeResponse, clock: Clock) => Promise<TapeWriter>;

async function exchange(url: URL, options: ReceiveOptions, unmade: string, open: Open): Promise<Recording> {
  const sent = send(url, options);
  const stopping = createStopping(sent.request, unmade);
  const bounds = startBounds(options, stopping.stop);
  try {
    return await new Promise((resolve, reject) => {
      const failed = (cause: unknown): void => reject(requestFailed(sent.url, cause));
      sent.request.once("error", failed);
      sent.request.once("response", (response) => {
        sent.request.off("error", failed);
        resolve(takeResponse(sent, response, options, { bounds, stopping, open }));
      });
    });
  } finally {
    bounds.clear();
  }
}

async function takeResponse(
  sent: Sent,
  answer: IncomingMessage,
  options: ReceiveOptions,
  { bounds, stopping, open }: { bounds: Bounds; stopping: Stopping; open: Open },
): Promise<Recording> {
  const { clock = systemClock } = options;
  const response: TapeResponse = { status: answer.statusCode ?? 0, headers: keptHeaders(answer.headers) };
  let failure: { error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failure ??= { error };
    stopping.stop("interrupted");
  };
  const call = (callback: () => void): void => {
    try {
      callback();
    } catch (error) {
      fail(error);
    }
  };

  stopping.answered(answer);
  bounds.arrived();
  const take = startTake({
    response,
    contentEncoding: answer.headers["content-encoding"],
    clock,
    open: () => open(sent, response, clock),
    maxBytes: options.maxBytes,
    onChunk: (bytes, atUs) => call(() => options.onChunk?.(bytes, atUs)),
    onOver: stopping.stop,
  });
  take.drained().catch(fail);
  const ended = watchEnd(sent.request, answer, (bytes) => take.write(bytes));
  answer.on("data", (raw: Buffer) => {
    bounds.arrived();
    if (take.write(raw)) return;
    answer.pause();
    take.drained().then(() => answer.resume(), fail);
  });
  call(() => options.onResponse?.(response, answer.headers.location));

  const serverEnd = await ended;
  const recording = await take.end(stopping.end ?? serverEnd);
  if (failure) throw failure.error;
  return recording;
}
