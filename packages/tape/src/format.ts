/** How a recording came about. */
export type Provenance = "recorded" | "edited" | "synthetic";

/** `exact`: chunks as Node's HTTP parser handed them to `'data'`; `best-effort`: a reader in between may have merged them. */
export type Boundaries = "exact" | "best-effort";

/**
 * How the response ended. `eof`: as HTTP promised. `cut`: closed without the terminator that HTTP promised. `reset`: the
 * connection was reset. `timeout`, `limit`: the recorder's own bounds. `client`: the client (or Ctrl-C) went away.
 * `malformed`: bytes that are no HTTP, or content that cannot be decoded. `interrupted`: the recorder was stopped.
 */
export type TapeEnd = "eof" | "cut" | "reset" | "timeout" | "limit" | "client" | "malformed" | "interrupted";

export interface TapeRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names; only those of the allow-list. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text; absent where there was none. A body that is not UTF-8 is kept as base64. */
  readonly body?: string | { readonly base64: string };
}

export interface TapeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** First line of `NAME.sse.tape`. */
export interface TapeHeader {
  readonly ssert: 1;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  /** `ssert x.y.z` */
  readonly tool: string;
  readonly provenance: Provenance;
  readonly boundaries: Boundaries;
  readonly protocol?: string;
  readonly request?: TapeRequest;
  readonly response?: TapeResponse;
  readonly redaction?: readonly string[];
}

/** One line a chunk: `[microseconds since the previous chunk, byte length]`; the first counts from the response's headers. */
export interface TapeChunk {
  readonly afterUs: number;
  readonly bytes: number;
}

/** Last line of `NAME.sse.tape`. */
export interface TapeTrailer {
  readonly end: TapeEnd;
  readonly bytes: number;
  /** Lower-case hex, of `NAME.sse`. */
  readonly sha256: string;
  /** From the response's headers to the end. */
  readonly elapsedUs: number;
  readonly redacted: number;
}
