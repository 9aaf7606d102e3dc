import type { Boundaries, Provenance, TapeEnd, TapeHeader, TapeRequest, TapeResponse, TapeTrailer } from "./format.ts";

/** Unknown JSON → the types of format.ts. Properties that are not known are left out: a later writer may add some. */

const PROVENANCES: readonly Provenance[] = ["recorded", "edited", "synthetic"];
const BOUNDARIES: readonly Boundaries[] = ["exact", "best-effort"];
const ENDS: readonly TapeEnd[] = ["eof", "cut", "reset", "timeout", "limit", "client", "malformed", "interrupted"];

/** Makes the error for a value that does not fit; `at` is a JSON Pointer. */
export type Misfit = (at: string, expected: string, got: unknown) => Error;

/** The header, or the number of a later format. */
export function readHeader(value: unknown, misfit: Misfit): TapeHeader | number {
  const read = reader(value, "", misfit);
  const version = read.integer("ssert", 1);
  if (version !== 1) return version;
  const protocol = read.has("protocol") ? read.text("protocol") : undefined;
  const request = read.has("request") ? readRequest(read.object("request")) : undefined;
  const response = read.has("response") ? readResponse(read.object("response")) : undefined;
  const redaction = read.has("redaction") ? read.texts("redaction") : undefined;
  return {
    ssert: 1,
    recordedAt: read.text("recordedAt"),
    tool: read.text("tool"),
    provenance: read.oneOf("provenance", PROVENANCES),
    boundaries: read.oneOf("boundaries", BOUNDARIES),
    ...(protocol !== undefined && { protocol }),
    ...(request && { request }),
    ...(response && { response }),
    ...(redaction && { redaction }),
  };
}

export function readTrailer(value: unknown, misfit: Misfit): TapeTrailer {
  const read = reader(value, "", misfit);
  return {
    end: read.oneOf("end", ENDS),
    bytes: read.integer("bytes", 0),
    sha256: read.text("sha256", /^[0-9a-f]{64}$/, "64 lower-case hex digits"),
    elapsedUs: read.integer("elapsedUs", 0),
    redacted: read.integer("redacted", 0),
  };
}

function readRequest(read: Reader): TapeRequest {
  const request = { method: read.text("method"), url: read.text("url"), headers: read.record("headers") };
  if (!read.has("body")) return request;
  return { ...request, body: read.isText("body") ? read.text("body") : { base64: read.object("body").text("base64") } };
}

function readResponse(read: Reader): TapeResponse {
  return { status: read.integer("status", 100), headers: read.record("headers") };
}

interface Reader {
  has(key: string): boolean;
  isText(key: string): boolean;
  text(key: string, pattern?: RegExp, expected?: string): string;
  texts(key: string): string[];
  integer(key: string, minimum: number): number;
  oneOf<T extends string>(key: string, values: readonly T[]): T;
  record(key: string): Record<string, string>;
  object(key: string): Reader;
}

function reader(value: unknown, at: string, misfit: Misfit): Reader {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw misfit(at, "an object", value);
  const members = new Map<string, unknown>(Object.entries(value));
  const fail = (key: string, expected: string): Error => misfit(`${at}/${key}`, expected, members.get(key));
  const read: Reader = {
    has: (key) => members.has(key),
    isText: (key) => typeof members.get(key) === "string",
    text(key, pattern, expected = "a string") {
      const member = members.get(key);
      if (typeof member === "string" && (pattern?.test(member) ?? true)) return member;
      throw fail(key, expected);
    },
    texts(key) {
      const member = members.get(key);
      if (Array.isArray(member) && member.every((item) => typeof item === "string")) return member;
      throw fail(key, "an array of strings");
    },
    integer(key, minimum) {
      const member = members.get(key);
      if (typeof member === "number" && Number.isSafeInteger(member) && member >= minimum) return member;
      throw fail(key, `an integer from ${minimum}`);
    },
    oneOf(key, values) {
      const found = values.find((candidate) => candidate === members.get(key));
      if (found !== undefined) return found;
      throw fail(key, `one of ${values.join(", ")}`);
    },
    record(key) {
      const record: Record<string, string> = {};
      const headers = reader(members.get(key), `${at}/${key}`, misfit);
      for (const name of Object.keys(members.get(key) ?? {})) record[name] = headers.text(name);
      return record;
    },
    object: (key) => reader(members.get(key), `${at}/${key}`, misfit),
  };
  return read;
}
