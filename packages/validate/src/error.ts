/**
 * `not-found`: a named path does not exist. `no-streams`: a folder without any `*.sse`. `no-match`: a glob that matches
 * nothing. `unreadable`: a folder that cannot be listed. `no-inputs`: nothing was named. `no-stdin`: `-` was named, but the
 * caller gave no standard input. `nothing-to-shrink`: the stream does not break the rule that it should be reduced to. `too-large`: a
 * stream of more bytes than can be reduced.
 */
export type ValidateErrorCode =
  | "not-found"
  | "no-streams"
  | "no-match"
  | "unreadable"
  | "no-inputs"
  | "no-stdin"
  | "nothing-to-shrink"
  | "too-large";

/** The inputs cannot be found. What is wrong inside a stream is never an error but part of its report. */
export class ValidateError extends Error {
  override readonly name = "ValidateError";
  readonly code: ValidateErrorCode;

  constructor(code: ValidateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
