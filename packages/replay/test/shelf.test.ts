import type { Tape } from "@ssert/tape";
import { describe, expect, test } from "vitest";
import { Shelf } from "../src/replay/shelf.ts";

interface CountedTape extends Tape {
  reads: number;
}

function tapeOf(chunks: readonly string[], failures = 0): CountedTape {
  return {
    path: "counted.sse",
    header: undefined,
    trailer: undefined,
    state: "bare",
    bytes: chunks.join("").length,
    reads: 0,
    async *chunks() {
      this.reads += 1;
      if (this.reads <= failures) throw new Error("disk");
      for (const chunk of chunks) yield { bytes: Buffer.from(chunk), afterUs: undefined };
    },
  };
}

async function play(shelf: Shelf, tape: Tape): Promise<string> {
  let text = "";
  for await (const batch of shelf.steps(tape)) {
    for (const step of batch) text += "end" in step ? `|${step.end}` : Buffer.from(step.bytes).toString();
  }
  return text;
}

const INSTANT = { speed: "instant", maxGapMs: undefined } as const;

describe("a tape is read", () => {
  test("once, for any number of streams at the same time and later", async () => {
    const [shelf, tape] = [new Shelf(INSTANT), tapeOf(["a", "b"])];
    expect(await Promise.all([play(shelf, tape), play(shelf, tape)])).toEqual(["ab|eof", "ab|eof"]);
    expect(await play(shelf, tape)).toBe("ab|eof");
    expect(tape.reads).toBe(1);
  });

  test("each time, where there is no room", async () => {
    const shelf = new Shelf(INSTANT, 1000);
    const [first, large, third] = [tapeOf(["x".repeat(500)]), tapeOf(["x".repeat(600)]), tapeOf(["x".repeat(150)])];
    for (const tape of [first, first, large, large, third, third]) await play(shelf, tape);
    // The steps of the first take their room too, so that the third has none.
    expect([first.reads, large.reads, third.reads]).toEqual([1, 2, 2]);
  });

  test("again, after it could not be", async () => {
    const [shelf, tape] = [new Shelf(INSTANT), tapeOf(["a"], 1)];
    await expect(play(shelf, tape)).rejects.toThrow("disk");
    expect(await play(shelf, tape)).toBe("a|eof");
  });
});
