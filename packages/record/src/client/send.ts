import { type ClientRequest, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { keptUrl } from "@ssert/tape";
import { RecordError, requestFailed } from "../error.ts";

/** What a request is made of. */
export interface RequestOptions {
  /** GET, or POST where there is a body. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Who asks: `ssert x.y.z`. */
  readonly tool: string;
  /** PEM certificates to trust in place of the system's. */
  readonly ca?: string;
}

/** A request that is under way. */
export interface Sent {
  readonly request: ClientRequest;
  /** As it is kept and shown. */
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Throws RecordError for what Node refuses to send. */
export function send(url: URL, options: RequestOptions): Sent {
  const body = typeof options.body === "string" ? Buffer.from(options.body) : (options.body ?? new Uint8Array());
  const method = (options.method ?? (body.length > 0 ? "POST" : "GET")).toUpperCase();
  const headers = requestHeaders(options, body);
  const kept = keptUrl(url.href);
  try {
    const makeRequest = url.protocol === "https:" ? httpsRequest : httpRequest;
    // No agent: one connection, closed after the response.
    const request = makeRequest(url, {
      method,
      headers,
      agent: false,
      ...(options.ca !== undefined && { ca: options.ca }),
    });
    request.end(body);
    return { request, url: kept, method, headers, body };
  } catch (cause) {
    throw requestFailed(`${method} ${kept}`, cause);
  }
}

/** Names in lower case. What the user sets wins; HTTP's framing is ours. */
function requestHeaders(options: RequestOptions, body: Uint8Array): Record<string, string> {
  const headers: Record<string, string> = {
    accept: "text/event-stream, */*;q=0.5",
    "accept-encoding": "identity",
    "user-agent": options.tool.replace(" ", "/"),
  };
  if (isJson(options.body)) headers["content-type"] = "application/json";
  for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = value;
  if (body.length > 0) headers["content-length"] = String(body.length);
  return headers;
}

/** An object or an array in JSON, which is what a stream is asked for with. */
function isJson(body: string | Uint8Array | undefined): boolean {
  if (typeof body !== "string" || !/^\s*[[{]/.test(body)) return false;
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

/** Throws RecordError `bad-url`. */
export function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url && (url.protocol === "http:" || url.protocol === "https:")) return url;
  const found = JSON.stringify(keptUrl(text));
  throw new RecordError("bad-url", `${found} is no URL of HTTP; expected http://HOST/PATH or https://HOST/PATH`);
}
