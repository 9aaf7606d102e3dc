import { TapeError } from "./error.ts";
import type { TapeChunk, TapeHeader, TapeTrailer } from "./format.ts";
import { type Misfit, readHeader, readTrailer } from "./shape.ts";

/** The lines of `NAME.sse.tape`, each way. `schemas/tape.schema.json` describes the same three shapes. */

/** How every header begins: what a torn first line is told from garbage by. */
const HEADER_START = '{"ssert":';

const CHUNK_LINE = /^\s*\[\s*(\d{1,15})\s*,\s*(\d{1,15})\s*\]\s*$/;

/** Where a line is, for messages. */
export interface Place {
  readonly file: string;
  /** Counts from 1; undefined for the last line, which is read without those before it. */
  readonly line: number | undefined;
}

export function encodeHeader(header: TapeHeader): string {
  const { recordedAt, tool, provenance, boundaries, protocol, request, response, redaction } = header;
  // The order of design: what it is, how it came about, what was asked and answered. `undefined` is left out by JSON.
  const ordered = { ssert: 1, recordedAt, tool, provenance, boundaries, protocol, request, response, redaction };
  return `${JSON.stringify(ordered)}\n`;
}

/** Throws TapeError `bad-header` or `unsupported-version`. */
export function decodeHeader(text: string, place: Place): TapeHeader {
  const value = parseJson(text);
  if (value === undefined) throw badHeader(place, `a header in JSON, which begins with ${HEADER_START}1`, quote(text));
  const misfit: Misfit = (at, expected, got) => badHeader(place, `${expected} at ${at || "the top"}`, quote(got));
  const header = readHeader(value, misfit);
  if (typeof header !== "number") return header;
  const next = "update ssert (npm install ssert@latest)";
  const message = `${where(place)}: expected a tape of format 1, found format ${header}; ${next}`;
  throw new TapeError("unsupported-version", message);
}

/** True of what is left when the recorder died while it wrote the header. */
export function isTornHeader(text: string): boolean {
  return parseJson(text) === undefined && (text.startsWith(HEADER_START) || HEADER_START.startsWith(text));
}

export function encodeChunk(chunk: TapeChunk): string {
  return `[${chunk.afterUs},${chunk.bytes}]\n`;
}

export function decodeChunk(text: string): TapeChunk | undefined {
  const [, afterUs, bytes] = CHUNK_LINE.exec(text) ?? [];
  return afterUs === undefined || bytes === undefined ? undefined : { afterUs: Number(afterUs), bytes: Number(bytes) };
}

export function encodeTrailer({ end, bytes, sha256, elapsedUs, redacted }: TapeTrailer): string {
  return `${JSON.stringify({ end, bytes, sha256, elapsedUs, redacted })}\n`;
}

/** Undefined for a line that is no end line at all; throws TapeError `bad-line` for an object that is a wrong one. */
export function decodeTrailer(text: string, place: Place): TapeTrailer | undefined {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return readTrailer(value, (at, expected, got) => badLine(place, `an end line with ${expected} at ${at}`, quote(got)));
}

export function badLine(place: Place, expected: string, got: string): TapeError {
  const next = "restore the file from its source, or delete it to use the .sse alone, without timing";
  return new TapeError("bad-line", `${where(place)}: expected ${expected}, found ${got}; ${next}`);
}

function badHeader(place: Place, expected: string, got: string): TapeError {
  const next = "restore the file from its source, or delete it to use the .sse alone, without request and timing";
  return new TapeError("bad-header", `${where(place)}: expected ${expected}, found ${got}; ${next}`);
}

/** A short piece of what was found, fit for one line of a message. */
export function quote(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.trim() === "") return "nothing";
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function where({ file, line }: Place): string {
  return line === undefined ? `${file}, last line` : `${file}:${line}`;
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
