/**
 * Header fields that belong to one connection, not to the message (RFC 9110, 7.6.1), and are not passed on. `expect` is not
 * one of them. `trailer` is kept: trailers are passed on.
 */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Node's flat list of names and values (`rawHeaders`) → the same without what belongs to the connection, fields that
 * `Connection` names included. Order, spelling and repetition are kept.
 */
export function relayedHeaders(raw: readonly string[]): string[] {
  const dropped = new Set(HOP_BY_HOP);
  for (const [name, value] of pairs(raw)) {
    if (name.toLowerCase() !== "connection") continue;
    for (const named of value.split(",")) dropped.add(named.trim().toLowerCase());
  }
  return pairs(raw).flatMap(([name, value]) => (dropped.has(name.toLowerCase()) ? [] : [name, value]));
}

/** Methods that Node sends without framing where there is no body; of the others it would make an empty chunked one. */
const BODILESS: ReadonlySet<string> = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

/** What is sent upstream: the origin's `Host`, and the body framed as the client framed it. */
export function upstreamHeaders(method: string, raw: readonly string[], host: string): string[] {
  const names = new Set(pairs(raw).map(([name]) => name.toLowerCase()));
  const headers = pairs(relayedHeaders(raw)).filter(([name]) => name.toLowerCase() !== "host");
  if (names.has("transfer-encoding")) headers.push(["Transfer-Encoding", "chunked"]);
  else if (!names.has("content-length") && !BODILESS.has(method)) headers.push(["Content-Length", "0"]);
  return ["Host", host, ...headers.flat()];
}

export function pairs(raw: readonly string[]): [name: string, value: string][] {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) list.push([raw[index] ?? "", raw[index + 1] ?? ""]);
  return list;
}
