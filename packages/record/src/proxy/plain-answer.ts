import type { ServerResponse } from "node:http";

/** An answer of the proxy's own, in one plain line. */
export function answerPlainly(toClient: ServerResponse, status: number, message: string): void {
  if (toClient.headersSent || toClient.destroyed) {
    toClient.destroy();
    return;
  }
  const headers = { "content-type": "text/plain; charset=utf-8", connection: "close" };
  toClient.writeHead(status, headers).end(`ssert proxy: ${message}\n`);
}
