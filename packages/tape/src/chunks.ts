import type { FileHandle } from "node:fs/promises";
import type { TapeChunk } from "./format.ts";
import { badLine, decodeChunk, decodeTrailer, quote } from "./lines.ts";
import { openFile } from "./open-file.ts";
import type { TapePaths } from "./paths.ts";

/** One chunk of a tape's body. */
export interface BodyChunk {
  readonly bytes: Uint8Array;
  /** Microseconds since the chunk before it, or since the response's headers; undefined where no chunk line counts it. */
  readonly afterUs: number | undefined;
}

const BLOCK_BYTES = 64 * 1024;

/** Node's parser hands over 64 KiB at most, so more comes from a synthetic tape, or a chunk line that lies. */
const MAX_PIECE_BYTES = 16 * 1024 * 1024;

/** The body in chunks, in bounded memory; `timed` if `NAME.sse.tape` is there. */
export async function* bodyChunks(paths: TapePaths, timed: boolean): AsyncGenerator<BodyChunk> {
  const handle = await openFile(paths.body);
  try {
    const body = byteSource(handle);
    if (timed) {
      for await (const lines of chunkLines(paths.lines)) {
        for (const { afterUs, bytes } of lines) {
          for (let left = bytes, us = afterUs; left > 0; us = 0) {
            const length = Math.min(left, MAX_PIECE_BYTES);
            const piece = body.ready(length) ?? (await body.read(length));
            if (piece.length > 0) yield { bytes: piece, afterUs: us };
            if (piece.length < length) return;
            left -= length;
          }
        }
      }
    }
    for (;;) {
      const bytes = await body.rest();
      if (bytes.length === 0) return;
      yield { bytes, afterUs: undefined };
    }
  } finally {
    await handle.close();
  }
}

/** Chunk lines in batches, a block of the file each. Ends at the end line, or at a last line that is torn. */
export async function* chunkLines(file: string): AsyncGenerator<TapeChunk[]> {
  const handle = await openFile(file);
  try {
    const decode = lineDecoder(file);
    for (let inHeader = true; ; ) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(BLOCK_BYTES), 0, BLOCK_BYTES, null);
      let block = buffer.subarray(0, bytesRead);
      if (inHeader && bytesRead > 0) {
        const lineEnd = block.indexOf(0x0a);
        if (lineEnd < 0) continue;
        block = block.subarray(lineEnd + 1);
        inHeader = false;
      }
      const chunks = decode(block.toString("latin1"), bytesRead === 0);
      if (chunks.length > 0) yield chunks;
      if (bytesRead === 0) return;
    }
  } finally {
    await handle.close();
  }
}

/** Blocks of text → the chunk lines that end in them. Throws TapeError `bad-line`. */
function lineDecoder(file: string): (text: string, last: boolean) => TapeChunk[] {
  let number = 1; // of the line before; the header is the first
  let begun = "";
  let ended = false;

  function decode(line: string, torn: boolean): TapeChunk | undefined {
    number += 1;
    if (line.trim() === "") return undefined;
    const place = { file, line: number };
    if (ended) throw badLine(place, "nothing after the end line", quote(line));
    const chunk = decodeChunk(line);
    if (chunk) return chunk;
    ended = decodeTrailer(line, place) !== undefined;
    if (!ended && !torn) throw badLine(place, "a chunk line, [microseconds, bytes]", quote(line));
    return undefined;
  }

  return (text, last) => {
    const lines = (begun + text).split("\n");
    begun = lines.pop() ?? "";
    const chunks = lines.map((line) => decode(line, false));
    // What no LF ends is a line if it is whole, and else what a recorder that died left of one.
    if (last) chunks.push(decode(begun, true));
    return chunks.filter((chunk) => chunk !== undefined);
  };
}

/** Reads a file in blocks, and hands out pieces of them. A piece is never written to again. */
function byteSource(handle: FileHandle): {
  /** The next `length` bytes if they have been read, without waiting. */
  ready(length: number): Uint8Array | undefined;
  /** The next `length` bytes; fewer at the end of the file. */
  read(length: number): Promise<Uint8Array>;
  /** What has been read or the next block; empty at the end of the file. */
  rest(): Promise<Uint8Array>;
} {
  let block: Buffer = Buffer.alloc(0);

  async function fill(length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafeSlow(length), 0, length, null);
    return buffer.subarray(0, bytesRead);
  }

  function ready(length: number): Buffer | undefined {
    if (block.length < length) return undefined;
    const piece = block.subarray(0, length);
    block = block.subarray(length);
    return piece;
  }

  return {
    ready,
    async read(length) {
      const pieces = [block];
      let have = block.length;
      while (have < length) {
        block = await fill(BLOCK_BYTES);
        if (block.length === 0) return Buffer.concat(pieces);
        const piece = ready(Math.min(block.length, length - have)) ?? block;
        pieces.push(piece);
        have += piece.length;
      }
      return Buffer.concat(pieces, length);
    },
    async rest() {
      const piece = block.length > 0 ? block : await fill(BLOCK_BYTES);
      block = Buffer.alloc(0);
      return piece;
    },
  };
}
