import type { IncomingMessage } from "node:http";

const NOTHING = Buffer.alloc(0);

/**
 * The request's body; undefined when it has more than `maxBytes`. What is too much is read and thrown away, since a client
 * that is still writing may never look at an early answer. Rejects when the client goes away first.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const { headers } = request;
  if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) return NOTHING;
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on("end", () =>
      resolve(bytes > maxBytes ? undefined : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on("error", reject);
  });
}
