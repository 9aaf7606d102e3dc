import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AlarmClock, systemTimer, type Wakeup } from "../src/timer.ts";

/** A system whose time a test moves, and which wakes as early or late as the test wants. */
class ManualWakeup implements Wakeup {
  nowMs = 0;
  /** Those that it was asked for and has not called. */
  asleep: readonly { readonly atMs: number; readonly run: () => void }[] = [];
  asked = 0;

  now(): number {
    return this.nowMs;
  }

  after(milliseconds: number, run: () => void): () => void {
    this.asked += 1;
    const sleeper = { atMs: this.nowMs + milliseconds, run };
    this.asleep = [...this.asleep, sleeper];
    return () => {
      this.asleep = this.asleep.filter((other) => other !== sleeper);
    };
  }

  wake(lateMs = 0): void {
    const [sleeper, ...others] = this.asleep;
    if (sleeper === undefined) throw new Error("nobody asked to be woken");
    this.asleep = others;
    this.nowMs = Math.max(this.nowMs, sleeper.atMs + lateMs);
    sleeper.run();
  }
}

function setUp(): { wakeup: ManualWakeup; clock: AlarmClock; rung: string[]; ring: (name: string) => () => void } {
  const wakeup = new ManualWakeup();
  const rung: string[] = [];
  const ring = (name: string) => () => void rung.push(`${wakeup.nowMs} ${name}`);
  return { wakeup, clock: new AlarmClock(wakeup), rung, ring };
}

describe("an alarm clock", () => {
  test("rings at the times set, on one wake-up of the system at a time", () => {
    const { wakeup, clock, rung, ring } = setUp();
    for (const atMs of [30, 10, 20]) {
      clock.at(atMs, ring("set"));
      expect(wakeup.asleep).toHaveLength(1);
    }
    while (wakeup.asleep.length > 0) wakeup.wake();
    expect(rung).toEqual(["10 set", "20 set", "30 set"]);
  });

  test("rings all that is due, however late it was woken, and in order", () => {
    const { wakeup, clock, rung, ring } = setUp();
    clock.at(15, ring("second"));
    clock.at(10, ring("first"));
    clock.at(30, ring("third"));
    wakeup.wake(8);
    expect(rung).toEqual(["18 first", "18 second"]);
    wakeup.wake();
    expect(rung.at(-1)).toBe("30 third");
  });

  test("rings half a millisecond early sooner than late, and sleeps on when it is woken earlier", () => {
    const { wakeup, clock, rung, ring } = setUp();
    clock.at(10, ring("a"));
    wakeup.wake(-0.9);
    expect(rung).toEqual([]);
    wakeup.wake(-0.4);
    expect(rung).toEqual(["9.6 a"]);
  });

  test("does not ring what was called off, and then asks for nothing more", () => {
    const { wakeup, clock, rung, ring } = setUp();
    const callOff = clock.at(10, ring("a"));
    const callOffLast = clock.at(20, ring("b"));
    callOff();
    wakeup.wake();
    expect(rung).toEqual([]);
    callOffLast();
    // A wake-up that is left would keep the process alive.
    expect(wakeup.asleep).toEqual([]);
    callOffLast();
    expect(wakeup.asked).toBe(2);
  });

  test("an alarm may set and call off others while it rings", () => {
    const { wakeup, clock, rung, ring } = setUp();
    const callOff = clock.at(10.1, ring("called off"));
    clock.at(10, () => {
      callOff();
      clock.at(5, ring("at once"));
      clock.at(12, ring("later"));
    });
    wakeup.wake();
    expect(rung).toEqual(["10 at once"]);
    expect(wakeup.asleep).toHaveLength(1);
    wakeup.wake();
    expect(rung.at(-1)).toBe("12 later");
    expect(wakeup.asleep).toEqual([]);
  });

  test("one that fails leaves the others their time", () => {
    const { wakeup, clock, rung, ring } = setUp();
    clock.at(10, () => {
      throw new Error("of its own");
    });
    clock.at(10, ring("a"));
    expect(() => wakeup.wake()).toThrow("of its own");
    wakeup.wake();
    expect(rung).toEqual(["10 a"]);
  });

  test("waits longer than setTimeout can", () => {
    const { wakeup, clock, rung, ring } = setUp();
    const month = 30 * 24 * 3600 * 1000;
    clock.at(month, ring("a"));
    expect(wakeup.asleep[0]?.atMs).toBeLessThan(2 ** 31);
    wakeup.wake();
    expect(rung).toEqual([]);
    wakeup.wake();
    expect(rung).toEqual([`${month} a`]);
  });

  test("rings each alarm once, never more than half a millisecond early", () => {
    const lateness = fc.array(fc.double({ min: -1, max: 20, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(fc.nat(200)), lateness, (times, late) => {
        const { wakeup, clock } = setUp();
        const rung: number[] = [];
        for (const atMs of times) {
          clock.at(atMs, () => {
            expect(wakeup.nowMs).toBeGreaterThanOrEqual(atMs - 0.5);
            rung.push(atMs);
          });
        }
        for (let wakes = 0; wakeup.asleep.length > 0; wakes += 1) {
          // Early again and again would be a system whose time stands still.
          wakeup.wake(wakes % 2 === 0 ? late[wakes % late.length] : 0);
        }
        expect(rung).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });

  test("of the system rings", async () => {
    const timer = systemTimer();
    const start = timer.now();
    await new Promise<void>((resolve) => {
      timer.at(start + 2, resolve);
    });
    expect(timer.now()).toBeGreaterThanOrEqual(start + 1.5);
  });
});
