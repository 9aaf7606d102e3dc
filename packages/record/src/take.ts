import type { TapeEnd, TapeResponse, TapeWriter } from "@ssert/tape";
import { isEventStream } from "@ssert/tape";
import type { Clock } from "./clock.ts";
import { createDecoding } from "./decoding.ts";

/** What became of one response. */
export interface Reception {
  readonly end: TapeEnd;
  readonly response: TapeResponse;
  /** Whether the response says that it is an event stream; its status is not looked at. */
  readonly eventStream: boolean;
  /** Decoded. */
  readonly bytes: number;
  readonly chunks: number;
  /** Microseconds from the response's headers to the end. */
  readonly elapsedUs: number;
}

/** A response that is on tape. */
export interface Recording extends Reception {
  /** The `.sse`. */
  readonly path: string;
}

export interface TakeOptions {
  readonly response: TapeResponse;
  /** The response's own `content-encoding`. */
  readonly contentEncoding: string | undefined;
  readonly clock: Clock;
  /** Creates the tape; asked once, at once. What comes meanwhile is kept, with its time. */
  readonly open: () => Promise<TapeWriter>;
  /** Decoded bytes that the tape may hold. */
  readonly maxBytes?: number | undefined;
  /** Each chunk as it is taped, with microseconds since the response's headers. */
  readonly onChunk?: ((bytes: Uint8Array, atUs: number) => void) | undefined;
  /** The take is over before the response is: more than `maxBytes` came, or content that cannot be decoded. */
  readonly onOver?: ((end: "limit" | "malformed") => void) | undefined;
}

/** One response on its way to its tape: raw bytes in, decoded, timed and on disk. Begins when the headers have arrived. */
export interface Take {
  /** False: await `drained()` before reading more. */
  write(raw: Uint8Array): boolean;
  /** Resolves when there is room again; rejects with the TapeError if the tape cannot be written. */
  drained(): Promise<void>;
  /** Finishes the tape. Rejects with the TapeError if it could not be written. */
  end(end: TapeEnd): Promise<Recording>;
}

/** As much may come before the tape is open: what its own queue holds. */
const MAX_EARLY_BYTES = 1024 * 1024;

export function startTake(options: TakeOptions): Take {
  const { clock, response, maxBytes = Number.POSITIVE_INFINITY } = options;
  const startedUs = clock.now();
  let tape: TapeWriter | undefined;
  let early: { bytes: Uint8Array; afterUs: number }[] = [];
  let lastUs = 0;
  let bytes = 0;
  let chunks = 0;
  let over: "limit" | "malformed" | undefined;

  const opened = options.open().then((writer) => {
    for (const chunk of early) writer.append(chunk.bytes, chunk.afterUs);
    early = [];
    tape = writer;
    return writer;
  });
  opened.catch(() => {}); // Whoever waits for `drained` or `end` is told.

  /** Takes decoded bytes. False: the tape is behind. */
  function take(decoded: Uint8Array): boolean {
    if (over === "limit") return true;
    const atUs = Math.round(clock.now() - startedUs);
    const chunk = decoded.subarray(0, maxBytes - bytes);
    if (chunk.length > 0) {
      bytes += chunk.length;
      chunks += 1;
      const room = append(chunk, atUs - lastUs);
      lastUs = atUs;
      options.onChunk?.(chunk, atUs);
      if (chunk.length === decoded.length) return room;
    }
    finishEarly("limit");
    return true;
  }

  function append(chunk: Uint8Array, afterUs: number): boolean {
    if (tape) return tape.append(chunk, afterUs);
    early.push({ bytes: chunk, afterUs });
    return bytes < MAX_EARLY_BYTES;
  }

  function finishEarly(end: "limit" | "malformed"): void {
    over ??= end;
    options.onOver?.(end);
  }

  const decoding = createDecoding(options.contentEncoding, {
    bytes(decoded) {
      if (take(decoded) || decoding === "unknown" || decoding === undefined) return;
      decoding.pause();
      // A tape that fails keeps nothing back: `end` tells of it.
      const { resume } = decoding;
      roomOnTape().then(resume, resume);
    },
    broken: () => finishEarly("malformed"),
  });

  async function roomOnTape(): Promise<void> {
    await (await opened).drained();
  }

  async function decodeRest(end: TapeEnd): Promise<TapeEnd> {
    // What is cut off in the middle of its content stays a cut; only a response that HTTP calls whole can be broken there.
    const whole = decoding === "unknown" ? bytes === 0 : ((await decoding?.end()) ?? true);
    if (over === undefined && end === "eof" && !whole) return "malformed";
    return over ?? end;
  }

  return {
    write: (raw) => (decoding === undefined || decoding === "unknown" ? take(raw) : decoding.write(raw)),
    async drained() {
      if (decoding !== undefined && decoding !== "unknown") await decoding.drained();
      await roomOnTape();
    },
    async end(asked) {
      const end = await decodeRest(asked);
      const elapsedUs = Math.round(clock.now() - startedUs);
      const { path, finish } = await opened;
      await finish(end, elapsedUs);
      return { path, end, response, eventStream: isEventStream(response), bytes, chunks, elapsedUs };
    },
  };
}
