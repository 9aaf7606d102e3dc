import type { Tape } from "@ssert/tape";

/** How a body ends for its client: as HTTP promised, closed without the terminator, or by a TCP reset. */
export type BodyEnd = "eof" | "cut" | "reset";

/** One thing to do to a response, `atUs` microseconds after its headers went out: write a chunk, or end it. */
export type Step =
  | {
      readonly atUs: number;
      readonly bytes: Uint8Array;
      /** The same as a chunk of HTTP, made ready where many streams share it. Who gives a step other bytes leaves it out. */
      readonly framed?: Uint8Array;
    }
  | { readonly atUs: number; readonly end: BodyEnd };

/**
 * A body as it is to be played: steps in order of time, the last of them an end. They come in batches, so that a tape in
 * memory is one batch and costs one turn of the event loop. Whatever changes a body between tape and socket (pace; later
 * other chunks, faults, resuming) is a function from `Steps` to `Steps`.
 */
export type Steps = AsyncIterable<readonly Step[]>;

/** Enough steps in a batch to make its promise cheap; few enough that a large tape is never in memory. */
const STEPS_PER_BATCH = 64;

/** The tape as it was recorded. Chunks without a time come at once after the chunk before them. */
export async function* tapeSteps(tape: Tape): Steps {
  let batch: Step[] = [];
  let atUs = 0;
  for await (const chunk of tape.chunks()) {
    atUs += chunk.afterUs ?? 0;
    batch.push({ atUs, bytes: chunk.bytes });
    if (batch.length === STEPS_PER_BATCH) {
      yield batch;
      batch = [];
    }
  }
  batch.push({ atUs: Math.max(atUs, tape.trailer?.elapsedUs ?? 0), end: bodyEnd(tape) });
  yield batch;
}

/**
 * How the client shall see the tape end. Only a body that was recorded to its end ends well. Where the recorder stopped
 * first (`client`, `timeout`, `limit`, `interrupted`, `malformed`, or killed), the rest is unknown, and a clean end would
 * tell the client that there was none: it is cut. A bare `.sse` says nothing about its end, and ends well.
 */
export function bodyEnd(tape: Tape): BodyEnd {
  if (tape.state === "bare") return "eof";
  const end = tape.trailer?.end;
  return end === "eof" || end === "reset" ? end : "cut";
}
