import { WireError } from "./error.ts";

/** What one block can carry. Values that are undefined are left out; a block without `data` dispatches nothing. */
export interface EventToEncode {
  /** The event type; empty means none, as the standard reads it. */
  readonly type?: string | undefined;
  /** LF separates lines, each of which becomes a `data` field. */
  readonly data?: string | undefined;
  readonly id?: string | undefined;
  /** The reconnection time in milliseconds. */
  readonly retry?: number | undefined;
  /** LF separates lines, each of which becomes a comment. */
  readonly comment?: string | undefined;
}

/**
 * The text of one block, blank line included: the inverse of decoding.
 *
 * Each value is written after a colon and a space, so that its own leading spaces survive. Throws a WireError
 * "field-injection" for a value that would come out as other fields: CR anywhere, LF in `type` or `id`, U+0000 in `id`;
 * "lone-surrogate" and "bad-retry" for values that no stream can carry.
 */
export function encodeEvent(event: EventToEncode): string {
  let block = "";
  if (event.comment !== undefined) block += lines("", "comment", event.comment);
  if (event.type !== undefined && event.type !== "") block += line("event", "type", event.type, /[\r\n]/);
  if (event.id !== undefined) block += line("id", "id", event.id, /[\r\n\0]/);
  if (event.retry !== undefined) block += `retry: ${milliseconds(event.retry)}\n`;
  if (event.data !== undefined) block += lines("data", "data", event.data);
  return `${block}\n`;
}

function lines(field: string, what: string, value: string): string {
  return line(field, what, value, /\r/).replaceAll(/\n(?!$)/g, `\n${field}: `);
}

function line(field: string, what: string, value: string, forbidden: RegExp): string {
  const at = value.search(forbidden);
  if (at !== -1) {
    const code = value.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
    throw new WireError(
      "field-injection",
      `${what} holds U+${code} at index ${at}, which a decoder would read as another field; remove it or escape it (JSON does)`,
    );
  }
  if (!value.isWellFormed()) {
    throw new WireError(
      "lone-surrogate",
      `${what} holds half of a surrogate pair, for which UTF-8 has no bytes; use value.toWellFormed() to replace it`,
    );
  }
  return `${field}: ${value}\n`;
}

function milliseconds(retry: number): number {
  if (Number.isSafeInteger(retry) && retry >= 0) return retry;
  throw new WireError("bad-retry", `retry must be a whole number of milliseconds from 0, got ${retry}`);
}
