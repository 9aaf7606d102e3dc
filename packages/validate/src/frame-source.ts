import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { FrameLine, FrameSource, Location } from "@ssert/report";
import { STDIN } from "./input.ts";
import { linesAround, type Window } from "./lines-around.ts";

/** A frame shows at most 120 columns; 4 KiB hold those of any script, and in most streams the line before them. */
const BYTES_BEFORE = 4096;
const BYTES_AFTER = 2048;

/**
 * What is kept of standard input, from its beginning: a session of an agent takes some hundred kilobytes, and the memory of
 * a validation stays far below 150 MB. Findings beyond are reported without their lines.
 */
const KEPT_BYTES = 8 * 1024 * 1024;

/** Where code frames come from: files are read again around the place, standard input is kept while it passes. */
export interface StreamFrames extends FrameSource {
  /** Hands standard input on as it is and keeps its beginning. */
  keep(stdin: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** What was kept of standard input, for a second reading. */
  kept(): AsyncIterable<Uint8Array>;
}

/**
 * Frames for the streams of a report by their `source`. A file that has vanished, or is none that can be read twice (a
 * pipe), has no frames. Reads synchronously, some kilobytes a place.
 */
export function frameSource(): StreamFrames {
  const held: Uint8Array[] = [];
  let keptBytes = 0;
  let passedBytes = 0;

  async function* keep(stdin: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of stdin) {
      passedBytes += chunk.length;
      if (keptBytes < KEPT_BYTES) {
        held.push(new Uint8Array(chunk.subarray(0, KEPT_BYTES - keptBytes))); // a copy: readers may reuse theirs
        keptBytes += Math.min(chunk.length, KEPT_BYTES - keptBytes);
      }
      yield chunk;
    }
  }

  function keptWindow(from: number, to: number): Window {
    if (held.length > 1) held.splice(0, held.length, Buffer.concat(held));
    return {
      bytes: held[0]?.subarray(from, to) ?? new Uint8Array(),
      offset: from,
      more: Math.min(to, keptBytes) < passedBytes,
    };
  }

  function lines(source: string, location: Location): readonly FrameLine[] | undefined {
    const from = Math.max(0, location.offset - BYTES_BEFORE);
    const to = location.offset + BYTES_AFTER;
    const window = source === STDIN ? keptWindow(from, to) : fileWindow(source, from, to);
    return window && linesAround(window, location);
  }

  async function* kept(): AsyncIterable<Uint8Array> {
    yield* held;
  }

  return { keep, kept, lines };
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
