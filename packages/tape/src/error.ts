/**
 * `exists`: the tape is there and `force` was not given. `not-found`, `unreadable`: of a file. `bad-name`: not `NAME.sse`.
 * `bad-header`, `unsupported-version`: of the first line of `NAME.sse.tape`; `bad-line`: of another. `write-failed`: the disk
 * refused. `finished`: the writer was used after `finish`. `no-header`: the recorder died too early for a repair. `in-use`: it may
 * not be dead at all.
 */
export type TapeErrorCode =
  | "exists"
  | "not-found"
  | "unreadable"
  | "bad-name"
  | "bad-header"
  | "unsupported-version"
  | "bad-line"
  | "write-failed"
  | "finished"
  | "no-header"
  | "in-use";

/** What went wrong with a tape: the message names the file, the line, what was expected, and what to do next. */
export class TapeError extends Error {
  override readonly name = "TapeError";
  readonly code: TapeErrorCode;

  constructor(code: TapeErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The system's code of an error (`ENOENT`), for those that have one. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** A file that cannot be read, in words. */
export function cannotRead(file: string, cause: unknown): TapeError {
  if (systemCode(cause) === "ENOENT") {
    return new TapeError("not-found", `${file} does not exist; check the name, or record it first`, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TapeError("unreadable", `cannot read ${file} (${reason}); check what it is and its permissions`, {
    cause,
  });
}
