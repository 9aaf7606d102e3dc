/**
 * What of a request and a response may be written to disk. Whatever is not listed is not kept: a list of what is secret would
 * miss the next vendor's name for a key. So `authorization`, `cookie`, `set-cookie`, `x-api-key` and `proxy-*` are left out,
 * and also `location`, `referer` and `mcp-session-id`, which may carry a session's secret.
 */
const KEPT: ReadonlySet<string> = new Set([
  // What the body is, and what was asked for. `content-encoding` is a fact about the wire: a tape's body is decoded.
  "accept",
  "accept-encoding",
  "accept-language",
  "content-encoding",
  "content-language",
  "content-type",
  // What a replay, a cache or a buffer in between goes by.
  "allow",
  "cache-control",
  "date",
  "retry-after",
  "vary",
  "x-accel-buffering",
  // Which client asked, and where it resumed.
  "last-event-id",
  "user-agent",
  // What support asks for: names one exchange and opens nothing.
  "request-id",
  "x-correlation-id",
  "x-request-id",
  // Versions that do not end in -version, which all are kept.
  "anthropic-beta",
  "openai-beta",
]);

/** `anthropic-version`, `openai-version`, `api-version`, `mcp-protocol-version`, … */
const VERSION = /(?:^|-)version$/;

/** A word of a query parameter's name that says that its value is a secret: `api_key`, `accessToken`, `X-Amz-Signature`. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  "apikey",
  "auth",
  "authorization",
  "bearer",
  "credential",
  "credentials",
  "jwt",
  "key",
  "passwd",
  "password",
  "pwd",
  "secret",
  "sig",
  "signature",
  "token",
]);

/** Stands where a secret was. */
const REDACTED = "redacted";

/** Header fields as Node hands them over → those of the allow-list, names in lower case, several values joined by ", ". */
export function keptHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (value === undefined || !(KEPT.has(lower) || VERSION.test(lower))) continue;
    kept[lower] = Array.isArray(value) ? value.join(", ") : value;
  }
  return kept;
}

/**
 * A URL as a tape holds it: without user, password and fragment, and with `redacted` for the value of every query parameter
 * whose name says that it is a secret (`key`, `api_key`, `access_token`, …). All else stays as it was spelled, and keeping
 * twice changes nothing: hold an incoming request's kept URL against a tape's. A secret in the path is not recognised.
 */
export function keptUrl(url: string): string {
  const [, scheme = "", target = ""] = /^([a-z][a-z0-9+.-]*:\/\/)?([^#]*)/i.exec(url) ?? [];
  const authorityEnd = scheme === "" ? 0 : target.search(/[/?\\]|$/);
  const host = target.slice(target.slice(0, authorityEnd).lastIndexOf("@") + 1, authorityEnd);
  const [path = "", ...query] = target.slice(authorityEnd).split("?");
  const search = query.length === 0 ? "" : `?${query.join("?").split("&").map(keptParameter).join("&")}`;
  return scheme + host + path + search;
}

function keptParameter(parameter: string): string {
  const equals = parameter.indexOf("=");
  const name = parameter.slice(0, equals);
  return equals > 0 && namesSecret(name) ? `${name}=${REDACTED}` : parameter;
}

function namesSecret(encoded: string): boolean {
  const name = decode(encoded).replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2");
  return name.split(/[^A-Za-z0-9]+/).some((word) => SECRET_WORDS.has(word.toLowerCase()));
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
