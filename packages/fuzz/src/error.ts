/**
 * `unknown-property`: no such name; `bad-options`: a combination that means nothing; `counterexample`: what `assertParser` throws;
 * `cannot-draw`: a protocol of which no valid stream can be made.
 */
export type FuzzErrorCode =
  | "unknown-property"
  | "bad-options"
  | "counterexample"
  | "no-export"
  | "not-installed"
  | "unknown-target"
  | "target-failed"
  | "cannot-draw";

export class FuzzError extends Error {
  override readonly name = "FuzzError";
  readonly code: FuzzErrorCode;

  constructor(code: FuzzErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
