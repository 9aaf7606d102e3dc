import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ReplayError } from "./error.ts";

export interface RunningServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Ends open connections and resolves when all of them are gone. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1: this machine only. */
  readonly host?: string;
}

/**
 * HTTP clients keep idle connections for up to a minute or so, and a request that meets a close fails. A test server has
 * no reason to close first.
 */
const KEEP_ALIVE_MS = 90_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Resolves once connections are accepted. */
export async function listen(handler: Handler, options: ListenOptions): Promise<RunningServer> {
  const { port = 0, host = "127.0.0.1" } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ReplayError("bad-option", `port: expected a whole number from 0 (any free port) to 65535, got ${port}`);
  }
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, handler);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(cannotListen(cause, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has an address");
  let closed: Promise<void> | undefined;
  return {
    url: `http://${reachableHost(address)}:${address.port}`,
    port: address.port,
    close: () => {
      closed ??= close(server);
      return closed;
    },
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A wildcard address is not one to connect to. */
function reachableHost({ address, family }: AddressInfo): string {
  if (address === "0.0.0.0") return "127.0.0.1";
  if (address === "::") return "[::1]";
  return family === "IPv6" ? `[${address}]` : address;
}

function cannotListen(cause: NodeJS.ErrnoException, host: string, port: number): ReplayError {
  if (cause.code === "EADDRINUSE") {
    return new ReplayError(
      "port-in-use",
      `port ${port} of ${host} is taken by another program: choose another, or 0 for any free one`,
      { cause },
    );
  }
  return new ReplayError(
    "cannot-listen",
    `cannot listen on ${host}, port ${port} (${cause.code ?? cause.message}): choose an address of this machine and a port that you may take`,
    { cause },
  );
}
