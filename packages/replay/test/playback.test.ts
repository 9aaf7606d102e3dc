import { describe, expect, test } from "vitest";
import { Playback, type Sink } from "../src/playback.ts";
import type { BodyEnd, Step, Steps } from "../src/steps.ts";
import { ManualTimer } from "./support/manual-timer.ts";

/** Notes what happens to a body, and when. */
class NotingSink implements Sink {
  readonly log: string[] = [];
  readonly #timer: ManualTimer;
  corked = 0;
  /** Writes that the client takes before it falls behind. */
  room = Number.POSITIVE_INFINITY;
  resume: () => void = () => {};

  constructor(timer: ManualTimer) {
    this.#timer = timer;
  }

  flush(): void {
    this.#note("flush");
  }

  cork(): void {
    this.corked += 1;
  }

  uncork(): void {
    this.corked -= 1;
    this.#note("together");
  }

  write(bytes: Uint8Array): boolean {
    this.#note(Buffer.from(bytes).toString());
    this.room -= 1;
    return this.room > 0;
  }

  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.resume = resolve;
    });
  }

  end(how: BodyEnd): void {
    this.#note(how);
  }

  #note(what: string): void {
    this.log.push(`${this.#timer.now()} ${what}`);
  }
}

function chunk(atMs: number, text: string): Step {
  return { atUs: atMs * 1000, bytes: Buffer.from(text) };
}

function end(atMs: number, how: BodyEnd = "eof"): Step {
  return { atUs: atMs * 1000, end: how };
}

async function* batches(...steps: readonly (readonly Step[])[]): Steps {
  yield* steps;
}

function setUp(): { timer: ManualTimer; sink: NotingSink; playback: Playback } {
  const timer = new ManualTimer();
  const sink = new NotingSink(timer);
  return { timer, sink, playback: new Playback(sink, timer) };
}

describe("a body is played", () => {
  test("one write a chunk, each at its time, with the headers sent before the first wait", async () => {
    const { timer, sink, playback } = setUp();
    timer.skip(1000);
    const steps = batches([chunk(0, "a"), chunk(5, "b"), chunk(5, "c")], [chunk(7.5, "d"), end(9)]);
    expect(await timer.runUntil(playback.play(steps))).toBe("eof");
    expect(sink.log).toEqual(["1000 a", "1000 flush", "1005 b", "1005 c", "1005 together", "1007.5 d", "1009 eof"]);
  });

  test("what a timer rings for early is due, and nothing else", async () => {
    const { timer, sink, playback } = setUp();
    const played = playback.play(batches([chunk(10, "a"), chunk(10, "b"), chunk(10.5, "c"), end(10.5)]));
    await timer.nextEarly(0.4);
    await timer.runUntil(played);
    expect(sink.log).toEqual(["0 flush", "9.6 a", "9.6 b", "9.6 together", "10.5 c", "10.5 eof", "10.5 together"]);
  });

  test("a late write does not move those after it", async () => {
    const { timer, sink, playback } = setUp();
    const played = playback.play(batches([chunk(10, "a"), chunk(20, "b"), chunk(30, "c"), chunk(50, "d"), end(60)]));
    await timer.next();
    timer.skip(22);
    await timer.runUntil(played);
    expect(sink.log).toEqual(["0 flush", "10 a", "32 b", "32 c", "32 together", "50 d", "60 eof"]);
  });

  test("without any wait the headers go out with the first chunk", async () => {
    const { sink, playback } = setUp();
    await playback.play(batches([chunk(0, "a"), end(0, "cut")]));
    expect(sink.log).toEqual(["0 a", "0 cut", "0 together"]);
  });

  test("nothing is written to a client that is behind until it has room", async () => {
    const { sink, playback } = setUp();
    sink.room = 2;
    const played = playback.play(batches([chunk(0, "a"), chunk(0, "b"), chunk(0, "c"), end(0)]));
    await new Promise(setImmediate);
    expect(sink.log).toEqual(["0 a", "0 b", "0 together"]);
    expect(sink.corked).toBe(0);
    sink.room = 10;
    sink.resume();
    await played;
    expect(sink.log).toEqual(["0 a", "0 b", "0 together", "0 c", "0 eof", "0 together"]);
  });

  test("stopping gives the timer back and closes what the steps come from", async () => {
    const { timer, sink, playback } = setUp();
    let closed = false;
    async function* fromFile(): Steps {
      try {
        yield [chunk(0, "a"), chunk(1000, "b"), end(1000)];
      } finally {
        closed = true;
      }
    }
    const played = playback.play(fromFile());
    await new Promise(setImmediate);
    expect(timer.waiting).toBe(1);
    playback.stop();
    expect(await played).toBeUndefined();
    expect(timer.waiting).toBe(0);
    expect(closed).toBe(true);
    expect(sink.log).toEqual(["0 a", "0 flush"]);
  });

  test("a sink that fails is the caller's to report, also after a wait", async () => {
    const { timer, sink, playback } = setUp();
    sink.end = () => {
      throw new Error("socket");
    };
    await expect(timer.runUntil(playback.play(batches([chunk(0, "a"), end(5)])))).rejects.toThrow("socket");
    expect(sink.log).toEqual(["0 a", "0 flush"]);
  });

  test("steps that cannot be read are the caller's to report", async () => {
    const { playback } = setUp();
    async function* unreadable(): Steps {
      yield [chunk(0, "a")];
      throw new Error("disk");
    }
    await expect(playback.play(unreadable())).rejects.toThrow("disk");
  });
});
