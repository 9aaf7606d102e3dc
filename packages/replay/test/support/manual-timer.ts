import type { Timer } from "@ssert/replay";

interface Alarm {
  readonly atMs: number;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualTimer implements Timer {
  #nowMs = 0;
  #alarms: readonly Alarm[] = [];
  #onAlarm: (() => void) | undefined;

  now(): number {
    return this.#nowMs;
  }

  at(atMs: number, run: () => void): () => void {
    const alarm = { atMs, run };
    this.#alarms = [...this.#alarms, alarm];
    this.#onAlarm?.();
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  get waiting(): number {
    return this.#alarms.length;
  }

  /** Lets time pass without waking anybody, as when the process is too busy. */
  skip(milliseconds: number): void {
    this.#nowMs += milliseconds;
  }

  /** Moves to the next alarm, once there is one, and rings it. Resolves to the time. */
  next(): Promise<number> {
    return this.nextEarly(0);
  }

  /** As `next`, but rings so much before the time, as a real timer may. */
  async nextEarly(milliseconds: number): Promise<number> {
    if (this.#alarms.length === 0) {
      await new Promise<void>((resolve) => {
        this.#onAlarm = resolve;
      });
      this.#onAlarm = undefined;
    }
    const [first] = this.#alarms.toSorted((a, b) => a.atMs - b.atMs);
    if (first === undefined) throw new Error("the alarm was called off");
    this.#alarms = this.#alarms.filter((other) => other !== first);
    this.#nowMs = Math.max(this.#nowMs, first.atMs - milliseconds);
    first.run();
    return this.#nowMs;
  }

  /** Rings all alarms as they come until `done` settles. */
  async runUntil<T>(done: Promise<T>): Promise<T> {
    let over = false;
    const settled = done.finally(() => {
      over = true;
      this.#onAlarm?.();
    });
    while (!over) {
      if (this.#alarms.length > 0) await this.next();
      else {
        await new Promise<void>((resolve) => {
          this.#onAlarm = resolve;
          if (over) resolve();
        });
        this.#onAlarm = undefined;
      }
    }
    return settled;
  }
}
