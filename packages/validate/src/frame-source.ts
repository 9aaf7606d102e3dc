import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { FrameLine, FrameSource, Location } from "@ssert/report";
import { STDIN } from "./input.ts";
import { KeptStream } from "./kept-stream.ts";
import { linesAround, type Window } from "./lines-around.ts";
import type { Chunk, LiveStream } from "./source.ts";

/** A frame shows at most 120 columns; 4 KiB hold those of any script, and in most streams the line before them. */
const BYTES_BEFORE = 4096;
const BYTES_AFTER = 2048;

/**
 * What is kept of standard input and of URLs together, from their beginnings: a session of an agent takes some hundred
 * kilobytes, and the memory of a validation stays far below 150 MB. Findings beyond are reported without their lines.
 */
const KEPT_BYTES = 8 * 1024 * 1024;

/** Where code frames come from: files are read again around the place, what comes only once is kept while it passes. */
export interface StreamFrames extends FrameSource {
  /** Hands standard input on as it is and keeps its beginning. */
  keep(stdin: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** What was kept of standard input, for a second reading. */
  kept(): AsyncIterable<Uint8Array>;
  /** The same of a URL, by the name that its report has. */
  keepLive(source: string, live: LiveStream): LiveStream;
  /** Undefined for one that was not kept, or that shares its name with another. */
  keptLive(source: string): LiveStream | undefined;
}

/**
 * Frames for the streams of a report by their `source`. A file that has vanished, or is none that can be read twice (a
 * pipe), has no frames. Reads synchronously, some kilobytes a place.
 */
export function frameSource(): StreamFrames {
  let room = KEPT_BYTES;
  const stdinKept = new KeptStream();
  const live = new Map<string, { readonly stream: LiveStream; readonly kept: KeptStream } | undefined>();

  async function* keep(stdin: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const bytes of stdin) {
      room -= stdinKept.pass({ bytes, afterUs: undefined }, room);
      yield bytes;
    }
  }

  function keepLive(source: string, stream: LiveStream): LiveStream {
    const kept = new KeptStream();
    // Two URLs that differ in what is not shown, or one that is named twice: whose lines they are would not be known.
    live.set(source, live.has(source) ? undefined : { stream, kept });
    const chunks = { [Symbol.asyncIterator]: () => passing(stream.chunks[Symbol.asyncIterator](), kept) };
    return { ...stream, chunks };
  }

  /** Whoever takes the chunks ends them early, too: an async generator would first wait for the next one. */
  function passing(inner: AsyncIterator<Chunk>, kept: KeptStream): AsyncIterator<Chunk> {
    return {
      async next() {
        const result = await inner.next();
        if (!result.done) room -= kept.pass(result.value, room);
        return result;
      },
      return: async () => (await inner.return?.()) ?? { done: true, value: undefined },
    };
  }

  function keptLive(source: string): LiveStream | undefined {
    const found = live.get(source);
    return found && { ...found.stream, chunks: found.kept.chunks() };
  }

  function lines(source: string, location: Location): readonly FrameLine[] | undefined {
    const from = Math.max(0, location.offset - BYTES_BEFORE);
    const to = location.offset + BYTES_AFTER;
    const kept = source === STDIN ? stdinKept : live.get(source)?.kept;
    const window = kept ? kept.window(from, to) : fileWindow(source, from, to);
    return window && linesAround(window, location);
  }

  async function* kept(): AsyncIterable<Uint8Array> {
    for await (const { bytes } of stdinKept.chunks()) yield bytes;
  }

  return { keep, kept, keepLive, keptLive, lines };
}

function fileWindow(path: string, from: number, to: number): Window | undefined {
  let file: number | undefined;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return undefined; // opening a pipe would wait for its writer
    file = openSync(path, "r");
    const bytes = new Uint8Array(to - from);
    const read = readSync(file, bytes, 0, bytes.length, from);
    return { bytes: bytes.subarray(0, read), offset: from, more: to < stats.size };
  } catch {
    return undefined; // a report without this frame is better than none
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
