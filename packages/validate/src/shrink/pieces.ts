import { createDecoder, type Decoder, type WireEvent } from "@ssert/wire";

/** The bytes of a stream from the first line of an event's block to that of the next one. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** What the block says; undefined for bytes that dispatch nothing. */
  readonly event: PieceEvent | undefined;
}

export interface PieceEvent {
  readonly data: string;
  /** Every line of the block, comments (without a name) included. */
  readonly lines: readonly Line[];
}

export interface Line {
  readonly name: string;
  readonly value: string;
}

const encoder = new TextEncoder();

/** Cuts a stream before its first event, where the others begin, and behind the last one. The pieces are the stream again, one after the other. */
export function cutAtEvents(bytes: Uint8Array): readonly Piece[] {
  const found: { readonly offset: number; readonly event: PieceEvent }[] = [];
  const decoder = decoderOf(bytes, (event) => {
    const fields = event.fields();
    const lines = fields.map(({ name, value }) => ({ name, value }));
    found.push({ offset: fields[0]?.location.offset ?? 0, event: { data: event.data, lines } });
  });
  decoder.push(bytes);
  const pieces = found.map(({ offset, event }, index) => {
    return { bytes: bytes.subarray(offset, found[index + 1]?.offset ?? bytes.length), event };
  });
  const last = pieces.pop();
  const head = bytes.subarray(0, found[0]?.offset ?? bytes.length);
  return [...wordless(head), ...pieces, ...(last === undefined ? [] : withoutTail(last))];
}

/** Bytes that dispatch nothing: comments and other blocks before the first event, a byte order mark, a tail. */
function wordless(bytes: Uint8Array): readonly Piece[] {
  return bytes.length === 0 ? [] : [{ bytes, event: undefined }];
}

/** Bytes behind the last event: an event that never got its blank line, or comments. */
function withoutTail({ bytes, event }: Piece): readonly Piece[] {
  let dispatched = false;
  const decoder = decoderOf(bytes, () => {
    dispatched = true;
  });
  let end = 0;
  while (!dispatched && end < bytes.length) decoder.push(bytes.subarray(end, ++end));
  return [{ bytes: bytes.subarray(0, end), event }, ...wordless(bytes.subarray(end))];
}

function decoderOf(bytes: Uint8Array, event: (event: WireEvent) => void): Decoder {
  // All of it is in memory already, so no bound is needed but that of the decoder.
  return createDecoder({ event }, { maxEventBytes: Math.max(1, Math.min(bytes.length, MAX_BYTES)) });
}

/** A stream larger than this is not reduced: each check would take seconds. */
export const MAX_BYTES: number = 256 * 1024 * 1024;

/** The plainest block that says the same: no comments, no other fields, one `data:` line where that will do. */
export function plainLines({ lines, data }: PieceEvent): readonly Line[] {
  return [...lines.filter(({ name }) => name === "event").slice(-1), ...dataLines(data)];
}

/** The same block with other data, in the place of the first data line. */
export function linesWithData({ lines }: PieceEvent, data: string): readonly Line[] {
  const first = lines.findIndex(({ name }) => name === "data");
  return lines.flatMap((line, index) => {
    if (index === first) return dataLines(data);
    return line.name === "data" ? [] : [line];
  });
}

function dataLines(data: string): readonly Line[] {
  return data.split("\n").map((value) => ({ name: "data", value }));
}

/** A piece that holds these lines, with LF. */
export function pieceOf(lines: readonly Line[]): Piece {
  const text = lines.map(({ name, value }) => `${name}: ${value}\n`).join("");
  const data = lines.filter(({ name }) => name === "data").map(({ value }) => value);
  return { bytes: encoder.encode(`${text}\n`), event: { data: data.join("\n"), lines } };
}

export function joinPieces(pieces: readonly Piece[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of pieces) {
    joined.set(bytes, at);
    at += bytes.length;
  }
  return joined;
}
