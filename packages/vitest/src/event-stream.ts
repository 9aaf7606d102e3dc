import { Readable } from "node:stream";
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
 * are read to their end. Throws MatcherError `not-a-stream` and `body-used`; the chunks throw `not-a-stream` and `stream-failed`.
 */
export function receive(value: unknown): Received {
  if (typeof value === "string" && PATH.test(value)) throw aPath(value);
  if (typeof value === "string" || value instanceof Uint8Array) return bytes([value]);
  if (value instanceof ArrayBuffer) return bytes([new Uint8Array(value)]);
  if (value instanceof Response) return response(value);
  if (isTape(value)) return { kind: "tape", tape: value };
  if (isIterable(value)) return bytes(unread(value));
  throw notAStream(value);
}

function bytes(pieces: Iterable<unknown> | AsyncIterable<unknown>): Received {
  return { kind: "bytes", chunks: encoded(pieces) };
}

function response(value: Response): Received {
  if (value.bodyUsed || value.body?.locked) {
    const how = value.bodyUsed ? "was read before" : "is being read by somebody else";
    throw new MatcherError(
      "body-used",
      `the body of the Response ${how}; give the matcher the Response first (it reads a clone), or what was read`,
    );
  }
  const { status, headers, body } = value.clone();
  return { kind: "response", response: { status, headers: Object.fromEntries(headers) }, chunks: encoded(body ?? []) };
}

/** No stream looks so: without a line end it has no event. */
const PATH = /^[^\n\r:]+\.sse(?:\.tape)?$/;

function aPath(text: string): MatcherError {
  return new MatcherError(
    "not-a-stream",
    `a string is taken for the text of a stream, and "${text}" looks like a path: give the matcher await openTape("${text}")`,
  );
}

/** What is left of a stream of which somebody has read is no stream: an empty rest would satisfy `not`. */
function unread<T extends object>(value: T): T {
  if (!(value instanceof Readable || value instanceof ReadableStream)) return value;
  const locked = value instanceof ReadableStream && value.locked;
  // It takes web streams, too, but its type does not say so.
  if (!locked && Reflect.apply(Readable.isDisturbed, undefined, [value]) !== true) return value;
  const how = locked ? "is being read by somebody else" : "was read before";
  throw new MatcherError("body-used", `the stream ${how}; give the matcher what was read, or a stream of its own`);
}

async function* unbroken(pieces: Iterable<unknown> | AsyncIterable<unknown>): AsyncIterable<unknown> {
  let count = 0;
  try {
    for await (const piece of pieces) {
      count += 1;
      yield piece;
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const came = count === 1 ? "1 chunk" : `${count} chunks`;
    throw new MatcherError("stream-failed", `the stream broke off after ${came}: ${reason}`, { cause });
  }
}

/** Text becomes bytes one piece at a time; half of a surrogate pair at a cut is joined with its other half. */
async function* encoded(pieces: Iterable<unknown> | AsyncIterable<unknown>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  let half = "";
  for await (const piece of unbroken(pieces)) {
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

function named(value: object): string {
  const name = typeof value.constructor === "function" ? value.constructor.name : "object without a prototype";
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
}

function notAStream(value: unknown, what = "the value given to expect()"): MatcherError {
  const came = value === null ? "null" : typeof value === "object" ? named(value) : `a ${typeof value}`;
  const await_ = value instanceof Promise ? "; await it first" : "";
  return new MatcherError(
    "not-a-stream",
    `${what} is ${came}, expected an event stream: its text, bytes, a Response, a stream of either, or a tape of openTape()${await_}`,
  );
}
