import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder that is gone when the test is. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "ssert-cli-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A file in a folder of its own. */
export function file(name: string, contents: string | Uint8Array): string {
  const path = join(folder(), name);
  writeFileSync(path, contents);
  return path;
}

/** A server that is gone when the test is; returns its address. */
export async function origin(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return addressOf(server);
}

export function openStream(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { "content-type": "text/event-stream" });
}

/** A server that answers everything with one event stream. */
export async function streamOrigin(...chunks: readonly string[]): Promise<string> {
  return await origin((_, response) => {
    openStream(response);
    for (const chunk of chunks) response.write(chunk);
    response.end();
  });
}

/** The address of a port that nothing listens on. */
export async function nobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = addressOf(server);
  await new Promise((resolve) => server.close(resolve));
  return address;
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("a listening TCP server has a port");
  return `http://127.0.0.1:${address.port}`;
}
