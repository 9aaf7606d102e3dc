import type { Tape } from "@ssert/tape";
import { frameStep } from "../chunk-frame.ts";
import { type Pace, paced } from "../pace.ts";
import { type Step, type Steps, tapeSteps } from "../steps.ts";

/** Streams of agents have some 100 KB; one of a megabyte is rare and is read anew each time. */
const MAX_TAPE_BYTES = 1024 * 1024;

/** About what a test run may take for its fixtures without anybody asking why. */
const MAX_SHELF_BYTES = 64 * 1024 * 1024;

/** Measured with 64-byte chunks: a step, its views of the bytes and of their frame and its slot take some 300 bytes beside them. */
const BYTES_PER_STEP = 300;

/** Keeps small tapes in memory, read and paced once, as long as there is room; others are read from disk as they play. */
export class Shelf {
  readonly #pace: Pace;
  readonly #kept = new Map<Tape, Promise<readonly Step[]>>();
  #room: number;

  constructor(pace: Pace, maxBytes: number = MAX_SHELF_BYTES) {
    this.#pace = pace;
    this.#room = maxBytes;
  }

  async *steps(tape: Tape): Steps {
    const kept = this.#kept.get(tape) ?? this.#keep(tape);
    if (kept === undefined) yield* paced(tapeSteps(tape), this.#pace);
    else yield await kept;
  }

  #keep(tape: Tape): Promise<readonly Step[]> | undefined {
    if (tape.bytes > Math.min(MAX_TAPE_BYTES, this.#room)) return undefined;
    this.#room -= tape.bytes;
    const steps = collect(paced(tapeSteps(tape), this.#pace));
    this.#kept.set(tape, steps);
    steps.then(
      ({ length }) => {
        this.#room -= length * BYTES_PER_STEP;
      },
      () => {
        // Not to be read now; perhaps it can be the next time.
        this.#kept.delete(tape);
        this.#room += tape.bytes;
      },
    );
    return steps;
  }
}

async function collect(steps: Steps): Promise<readonly Step[]> {
  const all: Step[] = [];
  for await (const batch of steps) all.push(...batch.map(frameStep));
  return all;
}
