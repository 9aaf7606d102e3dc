import type { ResponseFacts } from "@ssert/protocol";
import type { Tape } from "@ssert/tape";
import { MatcherError } from "./error.ts";

type Piece = string | Uint8Array;

/** Whatever carries the bytes of one event stream. A string is the stream's text, not a path: `openTape(path)` is one's tape. */
export type EventStream = string | Uint8Array | ArrayBuffer | Response | Tape | Iterable<Piece> | AsyncIterable<Piece>;

/** An event stream, told from the other values that a test may hold. */
export type Received =
  | { readonly kind: "tape"; readonly tape: Tape }
  | { readonly kind: "response"; readonly response: ResponseFacts; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly kind: "bytes"; readonly chunks: AsyncIterable<Uint8Array> };

/**
 * What a test gave to `expect`. A Response is read from a clone, so that the test can read its body afterwards; other streams
 * are read to their end. Throws MatcherError `not-a-stream` and `body-used`.
 */
export function receive(value: unknown): Received {
  if (typeof value === "string" || value instanceof Uint8Array) return bytes([value]);
  if (value instanceof ArrayBuffer) return bytes([new Uint8Array(value)]);
  if (value instanceof Response) return response(value);
  if (isTape(value)) return { kind: "tape", tape: value };
  if (isIterable(value)) return bytes(value);
  throw notAStream(value);
}

function bytes(pieces: Iterable<unknown> | AsyncIterable<unknown>): Received {
  return { kind: "bytes", chunks: encoded(pieces) };
}

function response(value: Response): Received {
  if (value.bodyUsed) {
    throw new MatcherError(
      "body-used",
      "the body of the Response was read before; give the matcher the Response first (it reads a clone), or what was read",
    );
  }
  const { status, headers, body } = value.clone();
  return { kind: "response", response: { status, headers: Object.fromEntries(headers) }, chunks: encoded(body ?? []) };
}

/** Text becomes bytes one piece at a time; half of a surrogate pair at a cut is joined with its other half. */
async function* encoded(pieces: Iterable<unknown> | AsyncIterable<unknown>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  let half = "";
  for await (const piece of pieces) {
    if (typeof piece === "string") {
      const text = half + piece;
      const cut = isHighSurrogate(text.charCodeAt(text.length - 1)) ? text.length - 1 : text.length;
      half = text.slice(cut);
      yield encoder.encode(text.slice(0, cut));
    } else if (piece instanceof Uint8Array) yield piece;
    else throw notAStream(piece, "a piece of the stream");
  }
  if (half !== "") yield encoder.encode(half);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isTape(value: unknown): value is Tape {
  return (
    typeof value === "object" &&
    value !== null &&
    "path" in value &&
    "chunks" in value &&
    typeof value.chunks === "function"
  );
}

function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

function notAStream(value: unknown, what = "the value given to expect()"): MatcherError {
  const came = value === null ? "null" : typeof value === "object" ? `a ${value.constructor?.name}` : typeof value;
  const await_ = value instanceof Promise ? "; await it first" : "";
  return new MatcherError(
    "not-a-stream",
    `${what} is ${came}, expected an event stream: its text, bytes, a Response, a stream of either, or a tape of openTape()${await_}`,
  );
}
