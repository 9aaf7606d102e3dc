import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Headers of a stream in chunked encoding. */
export const STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

/** One chunk of chunked encoding. */
export function chunk(bytes: string | Uint8Array): Buffer {
  const body = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n")]);
}

/** The end of chunked encoding. */
export const LAST_CHUNK = "0\r\n\r\n";

export interface TestServer {
  readonly url: string;
  /** How many connections came. */
  readonly connections: () => number;
  /** What came over all of them. */
  readonly received: () => string;
}

/** A server that sends bytes as it is told, HTTP or not. `answer` is called when a connection has sent its request's head. */
export async function rawServer(answer: (socket: Socket) => unknown): Promise<TestServer> {
  let connections = 0;
  let received = "";
  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    let head = "";
    let answered = false;
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
      head += bytes.toString("latin1");
      if (answered || !head.includes("\r\n\r\n")) return;
      answered = true;
      answer(socket);
    });
  });
  return { url: await listen(server), connections: () => connections, received: () => received };
}

export async function httpServer(
  listener: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  return await listen(createHttpServer((request, response) => void listener(request, response)));
}

/** Listens on a free port of loopback until the test is over; returns `http://127.0.0.1:PORT`. */
export async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  onTestFinished(async () => {
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${portOf(server)}`;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return address.port;
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server);
  server.close();
  await once(server, "close");
  return port;
}

/** Something that the test lets happen later. */
export function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}
