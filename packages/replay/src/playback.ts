import type { BodyEnd, Steps } from "./steps.ts";
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
      for (const step of batch) {
        if (this.#stopped) return undefined;
        if (step.atUs > 0) {
          const dueMs = startMs + step.atUs / 1000;
          if (dueMs > this.#timer.now()) {
            if (!flushed) this.#sink.flush();
            flushed = true;
            await this.#wait(dueMs);
            if (this.#stopped) return undefined;
          }
        }
        if ("end" in step) {
          this.#sink.end(step.end);
          return step.end;
        }
        if (!this.#sink.write(step.bytes)) await this.#sink.drained();
      }
    }
    throw new Error("a body's steps must finish with an end");
  }

  /** Frees the timer; nothing is written any more. */
  stop(): void {
    this.#stopped = true;
    this.#interrupt?.();
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
