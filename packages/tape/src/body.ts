import type { TapeRequest } from "./format.ts";

/** A request's body as a tape holds it: text if it is UTF-8, else base64; undefined where there was none. */
export function encodeBody(bytes: Uint8Array): TapeRequest["body"] {
  if (bytes.length === 0) return undefined;
  try {
    // A byte order mark is part of the body.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { base64: Buffer.from(bytes).toString("base64") };
  }
}

/** The inverse of `encodeBody`. */
export function decodeBody(body: TapeRequest["body"]): Uint8Array {
  if (body === undefined) return new Uint8Array();
  return typeof body === "string" ? Buffer.from(body, "utf8") : Buffer.from(body.base64, "base64");
}
