import { hash } from "node:crypto";
import type { BodyChunk } from "./chunks.ts";
import { TapeError } from "./error.ts";
import type { TapeChunk, TapeHeader, TapeTrailer } from "./format.ts";
import { decodeHeader, decodeTrailer } from "./lines.ts";
import { pathsToRead } from "./paths.ts";
import { readWhole, SMALL_BYTES, smallSize } from "./small-file.ts";

/** A small recording that is as it was recorded, or a small bare `.sse`; read without waiting for anything. */
export interface SmallTape {
  /** The `.sse`. */
  readonly path: string;
  /** Size of the `.sse`. */
  readonly bytes: number;
  /** Header and end line; undefined for a bare `.sse`. */
  readonly header: TapeHeader | undefined;
  readonly trailer: TapeTrailer | undefined;
  /**
   * The exact bytes, as `Tape.chunks` gives them, in memory that the next call for any tape uses again: to be done with before
   * anything is awaited. Undefined where they are not those that were recorded, or have changed since.
   */
  chunks(): readonly BodyChunk[] | undefined;
}

/**
 * Opens a tape for whom waiting costs more than reading: of 20,000 of 16 KB, waiting was nine tenths. Undefined for one that is
 * large, unfinished, damaged or unreadable, or not there: `openTape` opens it or says why not, and `verifyTape` what is wrong.
 */
export function openSmallTape(path: string): SmallTape | undefined {
  const { body, lines } = pathsToRead(path);
  const bytes = smallSize(body);
  const lineBytes = smallSize(lines);
  if (typeof bytes !== "number" || lineBytes === "other") return undefined;
  if (lineBytes === "absent") {
    const whole = (): BodyChunk[] | undefined => {
      const read = readWhole(body, bytes, buffer);
      return read && [{ bytes: read, afterUs: undefined }];
    };
    return { path: body, bytes, header: undefined, trailer: undefined, chunks: whole };
  }
  const text = readWhole(lines, lineBytes, buffer)?.toString("utf8");
  const frame = text === undefined ? undefined : decodeLines(text, lines);
  return frame && { path: body, bytes, ...frame, chunks: () => timedChunks(body, bytes, frame) };
}

/** One for all: a new one for each of 20,000 files keeps the garbage collector busy for a quarter of the time. */
const buffer = Buffer.allocUnsafeSlow(SMALL_BYTES + 1);

/** All that a whole `NAME.sse.tape` says. */
interface Lines {
  readonly header: TapeHeader;
  readonly trailer: TapeTrailer;
  readonly chunkLines: readonly TapeChunk[];
}

function decodeLines(text: string, file: string): Lines | undefined {
  const chunksStart = text.indexOf("\n") + 1;
  const trailerStart = text.lastIndexOf("\n", text.length - 2) + 1;
  const chunkLines = decodeChunks(text, chunksStart, trailerStart);
  if (chunkLines === undefined) return undefined;
  try {
    const header = decodeHeader(text.slice(0, chunksStart), { file, line: 1 });
    const trailer = decodeTrailer(text.slice(trailerStart), { file, line: undefined });
    return trailer && { header, trailer, chunkLines };
  } catch (error) {
    if (error instanceof TapeError) return undefined;
    throw error;
  }
}

/**
 * Chunk lines as the recorder writes them; undefined where anything else stands between. A quarter of a tape's time went into
 * reading them with a pattern, which allows for what an editor may have put around the numbers.
 */
function decodeChunks(text: string, from: number, to: number): TapeChunk[] | undefined {
  const chunks: TapeChunk[] = [];
  for (let at = from; at < to; ) {
    const comma = text.indexOf(",", at);
    const close = text.indexOf("]\n", comma);
    const afterUs = digits(text, at + 1, comma);
    const bytes = digits(text, comma + 1, close);
    if (text[at] !== "[" || afterUs === undefined || bytes === undefined) return undefined;
    chunks.push({ afterUs, bytes });
    at = close + 2;
  }
  return chunks;
}

const MOST_DIGITS = 15;

function digits(text: string, from: number, to: number): number | undefined {
  if (to <= from || to - from > MOST_DIGITS) return undefined;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function timedChunks(body: string, bytes: number, { header, trailer, chunkLines }: Lines): BodyChunk[] | undefined {
  if (bytes !== trailer.bytes) return undefined;
  const whole = readWhole(body, bytes, buffer);
  if (!whole || (header.provenance !== "edited" && hash("sha256", whole) !== trailer.sha256)) return undefined;
  const chunks: BodyChunk[] = [];
  let from = 0;
  for (const { afterUs, bytes: length } of chunkLines) {
    if (length > 0) chunks.push({ bytes: whole.subarray(from, from + length), afterUs });
    from += length;
  }
  return from === bytes ? chunks : undefined;
}
