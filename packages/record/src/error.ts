/**
 * Nothing could be received: `bad-url`, `bad-request` (a method or header that HTTP does not allow), `dns`, `refused`,
 * `unreachable`, `tls`, `timeout`, `no-response` (the connection closed before an answer), `bad-response` (the answer is no
 * HTTP), `aborted` (by the signal, before an answer). Of the proxy: `port-in-use`, `port-denied`, `bad-host`, `bad-folder`, `tape` (relayed,
 * but not recorded; see `cause`).
 */
export type RecordErrorCode =
  | "bad-url"
  | "bad-request"
  | "dns"
  | "refused"
  | "unreachable"
  | "tls"
  | "timeout"
  | "no-response"
  | "bad-response"
  | "aborted"
  | "port-in-use"
  | "port-denied"
  | "bad-host"
  | "bad-folder"
  | "tape";

/** Why nothing was recorded: the message names what was tried, what came of it, and what to do next. */
export class RecordError extends Error {
  override readonly name = "RecordError";
  readonly code: RecordErrorCode;

  constructor(code: RecordErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Codes of the system, of Node's HTTP and of its TLS → what they mean for whoever asked, and what to do. */
const MEANINGS: readonly (readonly [pattern: RegExp, code: RecordErrorCode, what: string, next: string])[] = [
  [/^(ENOTFOUND|EAI_\w+)$/, "dns", "the host name is not known", "check its spelling and the network"],
  [/^ECONNREFUSED$/, "refused", "nothing listens there", "start the server, or check host and port"],
  [/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/, "unreachable", "no route leads there", "check the network"],
  [/^ETIMEDOUT$/, "timeout", "the connection was not answered", "check host, port and firewall"],
  [/^(ECONNRESET|EPIPE)$/, "no-response", "the connection closed before an answer", "see the server's own log"],
  [/^HPE_/, "bad-response", "the answer is no HTTP/1.1", "check the port, and http:// against https://"],
  [
    /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH)/,
    "tls",
    "TLS failed",
    "check https:// against http://; for a private CA set NODE_EXTRA_CA_CERTS=ca.pem",
  ],
  [
    /^ERR_(INVALID_CHAR|INVALID_HTTP_TOKEN|HTTP_INVALID|UNESCAPED)/,
    "bad-request",
    "HTTP does not allow that",
    "mend it",
  ],
];

/** A failure before the response's headers. `subject` is a URL fit to be shown. */
export function requestFailed(subject: string, cause: unknown): RecordError {
  if (cause instanceof RecordError) return cause;
  const system = codeOf(cause);
  // OpenSSL's messages end in a line end.
  const reason = (cause instanceof Error && cause.message !== "" ? cause.message : system)
    .replaceAll(/\s+/g, " ")
    .trim();
  for (const [pattern, code, what, next] of MEANINGS) {
    if (pattern.test(system)) return new RecordError(code, `${subject}: ${what} (${reason}); ${next}`, { cause });
  }
  return new RecordError("no-response", `${subject}: no answer (${reason}); see the server's own log`, { cause });
}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
