import { type FileHandle, stat } from "node:fs/promises";
import { type BodyChunk, bodyChunks } from "./chunks.ts";
import { cannotRead, TapeError } from "./error.ts";
import type { TapeHeader, TapeTrailer } from "./format.ts";
import { badLine, decodeChunk, decodeHeader, decodeTrailer, isTornHeader, quote } from "./lines.ts";
import { withFile } from "./open-file.ts";
import { pathsToRead, type TapePaths } from "./paths.ts";

/** A header holds a request body of at most some megabytes; a first line longer than this is no header. */
const MAX_HEADER_BYTES = 32 * 1024 * 1024;

/** An end line takes some 160 bytes. */
const TAIL_BYTES = 4096;

const BLOCK_BYTES = 64 * 1024;

/** A recording, opened: what its header and end line say, and its bytes when asked for. */
export interface Tape {
  /** The `.sse`. */
  readonly path: string;
  /** Undefined for a bare `.sse`, and where the recorder died before the header was written. */
  readonly header: TapeHeader | undefined;
  /** Undefined where the recorder died, and for a bare `.sse`. */
  readonly trailer: TapeTrailer | undefined;
  /** `unfinished`: no end line, since the recorder died or is still at work. `bare`: no `NAME.sse.tape`. */
  readonly state: "finished" | "unfinished" | "bare";
  /** Size of the `.sse` when it was opened. */
  readonly bytes: number;
  /**
   * The exact bytes in order, a chunk at a time, read as they are asked for. Bytes that no chunk line counts (a bare `.sse`,
   * a recorder that died) come last, untimed, in blocks. A chunk line beyond the bytes gives a chunk cut short. Chunks over
   * 16 MiB come in pieces, the later ones 0 µs after the first. Throws TapeError `bad-line` or `unreadable` on the way.
   */
  chunks(): AsyncIterable<BodyChunk>;
}

/** What `NAME.sse.tape` says, its chunk lines left out. */
interface Frame {
  readonly header: TapeHeader | undefined;
  readonly trailer: TapeTrailer | undefined;
}

/**
 * Opens `NAME.sse`, with or without `NAME.sse.tape` beside it; either name will do. Reads header and end line only.
 *
 * Throws TapeError `not-found`, `unreadable`, `bad-header`, `unsupported-version` or `bad-line`.
 */
export async function openTape(path: string): Promise<Tape> {
  const paths = pathsToRead(path);
  const bytes = await bodySize(paths);
  const frame = await readFrame(paths.lines);
  return {
    path: paths.body,
    header: frame?.header,
    trailer: frame?.trailer,
    state: !frame ? "bare" : frame.trailer ? "finished" : "unfinished",
    bytes,
    chunks: () => bodyChunks(paths, frame !== undefined),
  };
}

async function bodySize({ body }: TapePaths): Promise<number> {
  try {
    const stats = await stat(body);
    if (!stats.isDirectory()) return stats.size;
  } catch (error) {
    throw cannotRead(body, error);
  }
  throw new TapeError("unreadable", `${body} is a folder; name a .sse file in it`);
}

async function readFrame(file: string): Promise<Frame | undefined> {
  try {
    return await withFile(file, async (handle) => {
      const first = await readFirstLine(handle);
      if (!first.terminated && isTornHeader(first.text)) return { header: undefined, trailer: undefined };
      const header = decodeHeader(first.text, { file, line: 1 });
      const { size } = await handle.stat();
      const tailStart = Math.max(first.bytes, size - TAIL_BYTES);
      return { header, trailer: readLastLine(await readAt(handle, tailStart, TAIL_BYTES), file) };
    });
  } catch (error) {
    if (error instanceof TapeError && error.code === "not-found") return undefined;
    throw error;
  }
}

async function readAt(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}

async function readFirstLine(handle: FileHandle): Promise<{ text: string; bytes: number; terminated: boolean }> {
  const blocks: Buffer[] = [];
  for (let from = 0; from < MAX_HEADER_BYTES; from += BLOCK_BYTES) {
    const block = await readAt(handle, from, BLOCK_BYTES);
    const lineEnd = block.indexOf(0x0a);
    blocks.push(lineEnd < 0 ? block : block.subarray(0, lineEnd + 1));
    if (lineEnd >= 0 || block.length < BLOCK_BYTES) {
      const line = Buffer.concat(blocks);
      return { text: line.toString("utf8").trimEnd(), bytes: line.length, terminated: lineEnd >= 0 };
    }
  }
  return { text: Buffer.concat(blocks).toString("utf8", 0, 80), bytes: MAX_HEADER_BYTES, terminated: true };
}

/** The end line, if the last line is one. What is torn or is a chunk line means that the recorder died. */
function readLastLine(tail: Buffer, file: string): TapeTrailer | undefined {
  const text = tail.toString("utf8");
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  if (last === "" || decodeChunk(last)) return undefined;
  const place = { file, line: undefined };
  const trailer = decodeTrailer(last, place);
  if (!trailer && text.endsWith("\n")) throw badLine(place, "an end line or a chunk line at the end", quote(last));
  return trailer;
}
