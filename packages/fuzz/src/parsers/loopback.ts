import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Loopback {
  readonly url: string;
  close(): void;
}

// Long enough for a chunk to arrive by itself at the other end of a loopback connection; one that comes together with the
// next one makes the client see another case, and a finding `not observable`.
const betweenChunksMs = 5;

/** A server on the loopback address that answers the first request with these chunks, and no other one. */
export async function serveOnce(chunks: AsyncIterable<Uint8Array>): Promise<Loopback> {
  let answered = false;
  const server = createServer((_, response) => {
    if (answered) return;
    answered = true;
    answer(response, chunks).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port }: AddressInfo = Object(server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(response: ServerResponse, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
  for await (const chunk of chunks) {
    if (chunk.length > 0) response.write(chunk);
    await new Promise((resolve) => setTimeout(resolve, betweenChunksMs));
  }
  response.end();
}
