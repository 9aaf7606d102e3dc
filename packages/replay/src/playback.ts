import type { BodyEnd, Step, Steps } from "./steps.ts";
import type { Timer } from "./timer.ts";

/** Where a body goes. */
export interface Sink {
  /** Makes the headers visible to the client, before a wait. */
  flush(): void;
  /** One write a chunk; false: the client is behind, wait for `drained`. */
  write(bytes: Uint8Array): boolean;
  /** Resolves when there is room again, or no client any more. */
  drained(): Promise<void>;
  end(how: BodyEnd): void;
}

/**
 * Plays steps into a sink, each at its time counted from the start: a late write never moves the next one, so errors do
 * not add up. Respects the client's backpressure.
 */
export class Playback {
  readonly #sink: Sink;
  readonly #timer: Timer;
  #stopped = false;
  #interrupt: (() => void) | undefined;

  constructor(sink: Sink, timer: Timer) {
    this.#sink = sink;
    this.#timer = timer;
  }

  /** Resolves to the end that was played; undefined: stopped before. Rejects when the steps cannot be read. */
  async play(steps: Steps): Promise<BodyEnd | undefined> {
    const startMs = this.#timer.now();
    let flushed = false;
    for await (const batch of steps) {
      for (let next = 0; next < batch.length; ) {
        if (this.#stopped) return undefined;
        const step = batch[next];
        if (step === undefined) break;
        if (step.atUs > 0 && step.atUs > this.#elapsedUs(startMs)) {
          if (!flushed) this.#sink.flush();
          flushed = true;
          await this.#wait(startMs + step.atUs / 1000);
          if (this.#stopped) return undefined;
        }
        if ("end" in step) {
          this.#sink.end(step.end);
          return step.end;
        }
        const { after, full } = this.#write(batch, next, startMs);
        next = after;
        if (full) await this.#sink.drained();
      }
    }
    throw new Error("a body's steps must finish with an end");
  }

  /** Frees the timer; nothing is written any more. */
  stop(): void {
    this.#stopped = true;
    this.#interrupt?.();
  }

  /** Writes the chunk at `from`, and those behind it that are due as well. Apart from `play`: a loop that awaits is slow. */
  #write(batch: readonly Step[], from: number, startMs: number): { readonly after: number; readonly full: boolean } {
    const sink = this.#sink;
    const dueUs = this.#elapsedUs(startMs);
    for (let at = from; ; at += 1) {
      const step = batch[at];
      if (step === undefined || "end" in step || (step.atUs > dueUs && at > from)) return { after: at, full: false };
      if (!sink.write(step.bytes)) return { after: at + 1, full: true };
    }
  }

  #elapsedUs(startMs: number): number {
    return (this.#timer.now() - startMs) * 1000;
  }

  #wait(atMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#timer.at(atMs, () => {
        this.#interrupt = undefined;
        resolve();
      });
      this.#interrupt = () => {
        cancel();
        resolve();
      };
    });
  }
}
