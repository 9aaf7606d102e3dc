import { once } from "node:events";
import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly agent?: Agent;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly chunks: readonly Buffer[];
  readonly text: string;
  /** Whether HTTP's own end of the body came. */
  readonly complete: boolean;
}

/** One request; resolves with the response's head, its body still to come. */
export async function send(url: string, sent: Sent = {}): Promise<IncomingMessage> {
  const outgoing = request(url, {
    method: sent.method ?? "GET",
    headers: { ...sent.headers },
    ...(sent.agent === undefined ? {} : { agent: sent.agent }),
  });
  outgoing.end(sent.body);
  return new Promise((resolve, reject) => {
    outgoing.once("response", resolve);
    outgoing.once("error", reject);
  });
}

/** The rest of a response, however it ends. */
export async function receive(response: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  response.on("data", (chunk: Buffer) => chunks.push(chunk));
  response.on("error", () => {});
  response.resume();
  await once(response, "close").catch(() => {});
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    chunks,
    text: Buffer.concat(chunks).toString(),
    complete: response.complete,
  };
}

export async function ask(url: string, sent?: Sent): Promise<Received> {
  return receive(await send(url, sent));
}

/** The next piece of a body that is still coming. */
export function nextChunk(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    response.once("data", (chunk: Buffer) => {
      response.pause();
      resolve(chunk.toString());
    });
    response.resume();
  });
}

/** What a connection gave for these bytes, and whether it was closed or reset. */
export async function overTcp(port: number, text: string): Promise<{ received: string; end: "closed" | "reset" }> {
  const socket = connect(port, "127.0.0.1");
  let received = "";
  let end: "closed" | "reset" = "closed";
  socket.on("data", (bytes) => {
    received += bytes.toString("latin1");
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ECONNRESET") end = "reset";
  });
  socket.write(text);
  await new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
  });
  return { received, end };
}
