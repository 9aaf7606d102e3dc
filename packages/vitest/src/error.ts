/**
 * `not-a-stream`: what was given to `expect` holds no bytes. `body-used`: the body of a Response was read before.
 * `unknown-protocol`: no built-in protocol has that name. `no-protocol`: none was named, neither by the test nor by a tape.
 */
export type MatcherErrorCode = "not-a-stream" | "body-used" | "unknown-protocol" | "no-protocol";

/** The matcher is used in a way that can say nothing about a stream: the test is wrong, with `.not` as well. */
export class MatcherError extends Error {
  override readonly name = "MatcherError";
  readonly code: MatcherErrorCode;

  constructor(code: MatcherErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
