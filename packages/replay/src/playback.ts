import type { BodyEnd, Step, Steps } from "./steps.ts";
import type { Timer } from "./timer.ts";

/** Where a body goes. */
export interface Sink {
  /** Makes the headers visible to the client, before a wait. */
  flush(): void;
  /** What is written until `uncork` leaves together: chunks that are due at once. */
  cork(): void;
  uncork(): void;
  /** One write a chunk; false: the client is behind, wait for `drained`. `framed`: see `Step`. */
  write(bytes: Uint8Array, framed?: Uint8Array): boolean;
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
  #startMs = 0;
  #batch: readonly Step[] = [];
  /** Of the batch: the step to be done. */
  #next = 0;
  #end: BodyEnd | undefined;
  #flushed = false;
  #stopped = false;
  #settle: { over(): void; fail(error: unknown): void } | undefined;
  #callOff: (() => void) | undefined;

  constructor(sink: Sink, timer: Timer) {
    this.#sink = sink;
    this.#timer = timer;
  }

  /** Resolves to the end that was played; undefined: stopped before. Rejects when the steps cannot be read. */
  async play(steps: Steps): Promise<BodyEnd | undefined> {
    this.#startMs = this.#timer.now();
    for await (const batch of steps) {
      if (!this.#stopped) await this.#playBatch(batch);
      if (this.#stopped || this.#end !== undefined) return this.#end;
    }
    throw new Error("a body's steps must finish with an end");
  }

  /** Frees the timer; nothing is written any more. */
  stop(): void {
    this.#stopped = true;
    this.#callOff?.();
    this.#settle?.over();
  }

  /**
   * One promise for all of a batch, not one for each wait: with 2,000 streams at once those and their closures were a quarter
   * of all garbage, and collecting garbage is what makes chunks late.
   */
  #playBatch(batch: readonly Step[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { over: resolve, fail: reject };
      this.#batch = batch;
      this.#next = 0;
      this.#advance(this.#elapsedUs());
    });
  }

  /** Does what is due, then waits for the next step, or for the client to have room. */
  #advance(dueUs: number): void {
    if (this.#stopped) return;
    try {
      const together = this.#isDue(this.#next, dueUs) && this.#isDue(this.#next + 1, dueUs);
      if (together) this.#sink.cork();
      const full = this.#doDue(dueUs);
      if (together) this.#sink.uncork();
      if (full) void this.#sink.drained().then(() => this.#advance(this.#elapsedUs()));
      else if (this.#end !== undefined || this.#next === this.#batch.length) this.#settle?.over();
      else this.#wait();
    } catch (error) {
      // Called by a timer, it has no caller who would hear of it.
      this.#settle?.fail(error);
    }
  }

  /** Whether the client fell behind. */
  #doDue(dueUs: number): boolean {
    for (; this.#isDue(this.#next, dueUs); this.#next += 1) {
      const step = this.#batch[this.#next];
      if (step === undefined) break;
      if ("end" in step) {
        this.#end = step.end;
        this.#sink.end(step.end);
        break;
      }
      if (!this.#sink.write(step.bytes, step.framed)) {
        this.#next += 1;
        return true;
      }
    }
    return false;
  }

  #isDue(index: number, dueUs: number): boolean {
    const step = this.#batch[index];
    return step !== undefined && step.atUs <= dueUs;
  }

  #wait(): void {
    const step = this.#batch[this.#next];
    if (step === undefined) return;
    if (!this.#flushed) this.#sink.flush();
    this.#flushed = true;
    this.#callOff = this.#timer.at(this.#startMs + step.atUs / 1000, this.#wake);
  }

  /** A timer may ring a little early, and the step that it rings for is due none the less. */
  readonly #wake = (): void => {
    this.#callOff = undefined;
    this.#advance(Math.max(this.#elapsedUs(), this.#batch[this.#next]?.atUs ?? 0));
  };

  #elapsedUs(): number {
    return (this.#timer.now() - this.#startMs) * 1000;
  }
}
