/**
 * `port-in-use`: another program listens there. `cannot-listen`: the address is not ours to take. `no-tapes`: nothing to
 * answer with. `bad-option`: a value out of its range.
 */
export type ReplayErrorCode = "port-in-use" | "cannot-listen" | "no-tapes" | "bad-option";

/** What kept a server from starting. The message says what was expected, what came and what to do next. */
export class ReplayError extends Error {
  readonly code: ReplayErrorCode;

  constructor(code: ReplayErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ReplayError";
    this.code = code;
  }
}
