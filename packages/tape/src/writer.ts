import { createHash } from "node:crypto";
import { TapeError } from "./error.ts";
import { close, createFiles, type TapeFiles, write } from "./files.ts";
import type { TapeEnd, TapeHeader, TapeTrailer } from "./format.ts";
import { encodeChunk, encodeHeader, encodeTrailer } from "./lines.ts";
import { pathsToWrite } from "./paths.ts";

/**
 * Bytes are promised to be on disk within 20 ms of their arrival. Waiting 10 ms of these for company turns the deltas of a
 * fast stream into one write, and leaves 10 ms for the write itself and a busy event loop.
 */
const GATHER_MS = 10;

/** As much is written at once, without waiting for company: more would not make the write cheaper a byte. */
const GATHER_BYTES = 256 * 1024;

/** Chunks below this, on average, are copied together before they are written. */
const SMALL_BYTES = 4096;

/** A disk that is this far behind makes the stream wait: some 20 ms of a slow one. */
const MAX_QUEUED_BYTES = 1024 * 1024;

export interface CreateTapeOptions {
  /** Replace a tape of that name. */
  readonly force?: boolean;
  /** Bytes that may wait for the disk before `append` says false; 1 MiB. */
  readonly maxQueuedBytes?: number;
}

/** Appends to a tape while it is recorded. Whatever was appended is on disk within 20 ms, `finish`ed or not. */
export interface TapeWriter {
  /** The `.sse`. */
  readonly path: string;
  /**
   * Takes a chunk; its bytes must not be changed afterwards. `afterUs` counts microseconds since the previous chunk, or since
   * the response's headers. False: the queue to the disk is full, or the disk has failed; await `drained()` before reading more.
   */
  append(chunk: Uint8Array, afterUs: number): boolean;
  /** Resolves once the queue has room again; rejects with TapeError `write-failed`. */
  drained(): Promise<void>;
  /** Writes what is left and the end line, and closes the files. `elapsedUs` counts from the response's headers. */
  finish(end: TapeEnd, elapsedUs: number): Promise<TapeTrailer>;
}

/**
 * Creates `NAME.sse` and `NAME.sse.tape` (mode 0600, folders as needed). The header is on disk as soon as a chunk would be.
 *
 * Bytes come before the line that counts them, so a recorder that is killed leaves a tape that opens. Throws TapeError
 * `bad-name`, `exists` (without `force`) or `write-failed`.
 */
export async function createTape(
  path: string,
  header: TapeHeader,
  options: CreateTapeOptions = {},
): Promise<TapeWriter> {
  const files = await createFiles(pathsToWrite(path), options.force ?? false);
  return createWriter(path, files, encodeHeader(header), options.maxQueuedBytes ?? MAX_QUEUED_BYTES);
}

function createWriter(path: string, files: TapeFiles, header: string, maxQueuedBytes: number): TapeWriter {
  const hash = createHash("sha256");
  let total = 0;
  let chunks: Uint8Array[] = [];
  let gathered = 0; // bytes in `chunks`
  let lines = header; // that wait with them
  let writing = 0; // bytes on their way to the disk
  let carriedUs = 0; // time before empty chunks, which have no line
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> | undefined;
  let batch: Promise<void> | undefined; // the write under way
  let failure: TapeError | undefined;
  let finished: Promise<TapeTrailer> | undefined;

  /** Writes what has been gathered, and `ending` after it. */
  async function writeBatch(ending?: () => string): Promise<void> {
    // Small pieces are copied into one; large ones are not worth the copy.
    const small = gathered < chunks.length * SMALL_BYTES;
    const pieces = small ? [Buffer.concat(chunks, gathered)] : chunks;
    writing = gathered;
    chunks = [];
    gathered = 0;
    for (const piece of pieces) hash.update(piece);
    const batchLines = lines + (ending?.() ?? "");
    lines = "";
    try {
      if (writing > 0) await write(files.body, pieces);
      await write(files.lines, [Buffer.from(batchLines)]);
    } catch (cause) {
      failure ??= writeFailed(path, cause);
    }
    writing = 0;
  }

  /** One flush at a time: order on disk is order of arrival. What comes meanwhile goes along. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (!flushing && lines !== "" && !failure) flushing = flushAll();
    await flushing;
  }

  async function flushAll(): Promise<void> {
    while (lines !== "" && !failure) {
      batch = writeBatch();
      await batch;
    }
    flushing = undefined;
  }

  /** Small writes wait for company. */
  function gather(): void {
    if (flushing) return;
    if (gathered >= GATHER_BYTES) void flush();
    else timer ??= setTimeout(() => void flush(), GATHER_MS);
  }

  async function writeEnd(end: TapeEnd, elapsedUs: number): Promise<TapeTrailer> {
    clearTimeout(timer);
    await flushing;
    const trailer = { end, bytes: total, sha256: "", elapsedUs: wholeUs(elapsedUs), redacted: 0 };
    if (!failure) {
      await writeBatch(() => {
        trailer.sha256 = hash.digest("hex");
        return encodeTrailer(trailer);
      });
    }
    close(files);
    if (failure) throw failure;
    return trailer;
  }

  gather();
  return {
    path,
    append(chunk, afterUs) {
      if (finished) throw new TapeError("finished", `${path}: the tape is finished; nothing can be appended to it`);
      if (failure) return false;
      carriedUs += wholeUs(afterUs);
      if (chunk.length > 0) {
        chunks.push(chunk);
        lines += encodeChunk({ afterUs: carriedUs, bytes: chunk.length });
        gathered += chunk.length;
        total += chunk.length;
        carriedUs = 0;
        gather();
      }
      return gathered + writing < maxQueuedBytes;
    },
    async drained() {
      while (!failure && gathered + writing >= maxQueuedBytes) {
        void flush();
        await batch;
      }
      if (failure) throw failure;
    },
    finish(end, elapsedUs) {
      finished ??= writeEnd(end, elapsedUs);
      return finished;
    },
  };
}

function wholeUs(us: number): number {
  return Math.max(0, Math.round(us));
}

function writeFailed(path: string, cause: unknown): TapeError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TapeError("write-failed", `${path}: cannot write the tape (${reason}); what was written before is kept`, {
    cause,
  });
}
