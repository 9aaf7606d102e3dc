/**
 * `not-a-stream`: what was given to `expect` holds no bytes. `body-used`: the body of a Response, or the stream, was read before
 * or is being read by somebody else. `stream-failed`: it broke off with an error, which is the cause. `unknown-protocol`: no
 * built-in protocol has that name. `no-protocol`: none was named, neither by the test nor by a tape. `bad-argument`: what the
 * matcher was given to compare with is not what it takes.
 */
export type MatcherErrorCode =
  | "not-a-stream"
  | "body-used"
  | "stream-failed"
  | "unknown-protocol"
  | "no-protocol"
  | "bad-argument";

/** The matcher is used in a way that can say nothing about a stream: the test is wrong, with `.not` as well. */
export class MatcherError extends Error {
  override readonly name = "MatcherError";
  readonly code: MatcherErrorCode;

  constructor(code: MatcherErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
