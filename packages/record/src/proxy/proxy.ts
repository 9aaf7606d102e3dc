import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import { keptUrl } from "@ssert/tape";
import { type Clock, systemClock } from "../clock.ts";
import { codeOf, RecordError } from "../error.ts";
import type { Recording } from "../take.ts";
import { openShelf } from "./names.ts";
import { answerPlainly } from "./plain-answer.ts";
import { type Relay, type RelayContext, startRelay } from "./relay.ts";

export interface ProxyOptions {
  /** `http:` or `https:` URL of the server to stand before; its path is put before every request's. */
  readonly origin: string;
  /** Where the tapes go: `0001-post-v1-sessions-s1-messages.sse`, numbered on from what is there. */
  readonly dir: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 unless told otherwise: whoever reaches the proxy reaches the origin, and is recorded. */
  readonly host?: string;
  /** Record every response, not only event streams. */
  readonly all?: boolean;
  /** What the tapes say recorded them: `ssert x.y.z`. */
  readonly tool: string;
  /** The protocol that the tapes say the streams follow. */
  readonly protocol?: string;
  /** PEM certificates to trust in place of the system's. */
  readonly ca?: string;
  readonly clock?: Clock;
  /** A tape is finished. */
  readonly onRecording?: (recording: Recording) => void;
  /** The origin could not be reached, or a tape not be written. The proxy lives on. */
  readonly onError?: (error: RecordError) => void;
}

export interface RunningProxy {
  readonly url: string;
  readonly port: number;
  /** Ends what is under way as `interrupted`, finishes the tapes, then stops. */
  close(): Promise<void>;
}

/**
 * Connections to the origin are kept for the next request, as clients do. Uvicorn and Node close idle ones after 5 s: letting
 * go earlier keeps a request from running into that close.
 */
const IDLE_CONNECTION_MS = 4000;

/**
 * Starts a reverse proxy that passes everything on as it comes, and records every event stream.
 *
 * Throws RecordError `bad-url` (of the origin), `bad-folder`, `port-in-use`, `port-denied` or `bad-host`.
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const origin = parseOrigin(options.origin);
  const shelf = await openShelf(options.dir);
  const { send, release } = createSender(origin, options.ca);
  const prefix = origin.pathname.replace(/\/$/, "");
  const context: RelayContext = {
    tool: options.tool,
    protocol: options.protocol,
    all: options.all ?? false,
    clock: options.clock ?? systemClock,
    host: origin.host,
    upstreamUrl: (target) => keptUrl(`${origin.protocol}//${origin.host}${prefix}${target}`),
    send: (method, target, headers) => send(method, prefix + target, headers),
    createTape: shelf.create,
    onRecording: (recording) => options.onRecording?.(recording),
    onError: (error) => options.onError?.(error),
  };

  const relays = new Set<Relay>();
  const relay = (fromClient: IncomingMessage, toClient: ServerResponse): void => {
    if (/websocket/i.test(fromClient.headers.upgrade ?? "")) {
      answerPlainly(toClient, 501, "WebSocket is not relayed; connect to the server itself");
      return;
    }
    const started = startRelay(fromClient, toClient, context);
    relays.add(started);
    void started.over.finally(() => relays.delete(started));
  };
  // Requests may take as long as they take, as they may without the proxy.
  const server = createServer({ requestTimeout: 0 }, relay);
  server.on("checkContinue", relay); // The origin says whether the client may go on, not we.
  server.on("connect", (_, socket) => socket.end("HTTP/1.1 501 Not Implemented\r\nConnection: close\r\n\r\n"));
  const port = await listen(server, options.port ?? 0, options.host ?? "127.0.0.1");

  async function stop(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    const under = [...relays];
    for (const one of under) one.interrupt();
    await Promise.all(under.map((one) => one.over));
    server.closeAllConnections();
    release();
    await closed;
  }
  let stopped: Promise<void> | undefined;
  return {
    url: `http://${urlHost(options.host ?? "127.0.0.1")}:${port}`,
    port,
    close() {
      stopped ??= stop();
      return stopped;
    },
  };
}

function createSender(origin: URL, ca: string | undefined): { send: RelayContext["send"]; release: () => void } {
  const secure = origin.protocol === "https:";
  const pool = { keepAlive: true, timeout: IDLE_CONNECTION_MS };
  const agent = secure ? new TlsAgent({ ...pool, ...(ca !== undefined && { ca }) }) : new Agent(pool);
  const address = {
    hostname: origin.hostname.replaceAll(/^\[|\]$/g, ""),
    port: origin.port === "" ? (secure ? 443 : 80) : Number(origin.port),
    agent,
  };
  const makeRequest = secure ? tlsRequest : request;
  return {
    send: (method, path, headers) => makeRequest({ ...address, method, path, headers }),
    release: () => agent.destroy(),
  };
}

function parseOrigin(text: string): URL {
  const url = URL.parse(text);
  const fits = url && (url.protocol === "http:" || url.protocol === "https:");
  if (fits && url.username === "" && url.password === "" && url.search === "" && url.hash === "") return url;
  const found = JSON.stringify(keptUrl(text));
  const expected = "http://HOST or https://HOST, with a path if need be, without user, password and query";
  throw new RecordError("bad-url", `${found} is no origin to stand before; expected ${expected}`);
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    throw cannotListen(port, host, cause);
  }
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

function cannotListen(port: number, host: string, cause: unknown): RecordError {
  const code = codeOf(cause);
  if (code === "EADDRINUSE") {
    return new RecordError("port-in-use", `port ${port} is in use; choose another, or 0 for a free one`, { cause });
  }
  if (code === "EACCES") {
    return new RecordError("port-denied", `port ${port} may not be used; choose one from 1024 on`, { cause });
  }
  const reason = cause instanceof Error ? cause.message : code;
  return new RecordError("bad-host", `cannot listen on ${host} (${reason}); name an address of this machine`, {
    cause,
  });
}

function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
