import type { Location } from "./event.ts";

/**
 * - `event-too-large`: a block takes more than `maxEventBytes`; `location` is where it begins
 * - `field-injection`: a value to encode holds a line end (or an id U+0000) and would come out as something else
 * - `lone-surrogate`: a value to encode is not well-formed UTF-16, so that no UTF-8 stands for it
 * - `bad-retry`: a reconnection time to encode is not a count of milliseconds
 * - `bad-limit`: `maxEventBytes` is not a usable number of bytes
 * - `ended`: `push` after `end`
 * - `reentrant`: a handler called the decoder that was calling it
 */
export type WireErrorCode =
  | "event-too-large"
  | "field-injection"
  | "lone-surrogate"
  | "bad-retry"
  | "bad-limit"
  | "ended"
  | "reentrant";

/** The one error of this package. What a stream gets wrong is data (a FramingNote), not an error. */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly code: WireErrorCode;
  /** The place in the stream that the error is about, where there is one. */
  readonly location: Location | undefined;

  constructor(code: WireErrorCode, message: string, location?: Location) {
    super(message);
    this.code = code;
    this.location = location;
  }
}
