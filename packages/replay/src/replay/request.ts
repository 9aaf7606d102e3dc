import { decodeBody, keptUrl, type TapeRequest } from "@ssert/tape";
import { type JsonBody, readJson } from "./json.ts";

/** What of a request decides which tape answers it. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  /** Sorted by name; values of one name keep their order. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** JSON as a value, anything else as bytes; undefined: no body. */
  readonly body: JsonBody | { readonly bytes: Buffer } | undefined;
  /** Equal for requests that the same tape answers. */
  readonly key: string;
}

/** The facts of a request, live or recorded. `url` may be a path; its origin does not matter. Throws TypeError for no URL. */
export function requestFacts(method: string, url: string, body: Buffer): RequestFacts {
  // A tape's URL holds no secret parameters, so the live one is held against it without them.
  const kept = keptUrl(url);
  const { pathname, searchParams } = new URL(kept.startsWith("/") ? `http://host${kept}` : kept, "http://host/");
  searchParams.sort();
  const json = readJson(body);
  return {
    method,
    path: pathname,
    query: [...searchParams],
    body: body.length === 0 ? undefined : (json ?? { bytes: body }),
    key: `${method} ${pathname}?${searchParams.toString()}\n${json?.canonical ?? body.toString("latin1")}`,
  };
}

export function recordedFacts(request: TapeRequest): RequestFacts {
  return requestFacts(request.method, request.url, Buffer.from(decodeBody(request.body)));
}
