import type { ServerResponse } from "node:http";

/**
 * Why the mock refuses a request. The reference names the statuses only; the body is ours, in the shape of the API's own
 * `message.error`: a text under `error`.
 */
export interface Refusal {
  readonly status: 400 | 401 | 404 | 405 | 409 | 413;
  readonly error: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns the bytes of the body. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): number {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": body.length,
    "cache-control": "no-store",
    ...headers,
  });
  response.end(body);
  return body.length;
}
