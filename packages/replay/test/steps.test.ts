import { writeFile } from "node:fs/promises";
import { openTape, type Tape, type TapeEnd } from "@ssert/tape";
import { describe, expect, test } from "vitest";
import { bodyEnd, type Step, tapeSteps } from "../src/steps.ts";
import { tapeFolder } from "./support/tapes.ts";

const folder = tapeFolder();

async function stepsOf(tape: Tape): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for await (const batch of tapeSteps(tape)) steps.push(...batch);
  return steps;
}

describe("a tape as steps", () => {
  test("times count from the response's headers, and the end has its own", async () => {
    const tape = await folder.record("times", {
      chunks: [
        [3, "a"],
        [0, "b"],
        [4, "c"],
      ],
      elapsedMs: 20,
    });
    expect(await stepsOf(tape)).toEqual([
      { atUs: 3000, bytes: Buffer.from("a") },
      { atUs: 3000, bytes: Buffer.from("b") },
      { atUs: 7000, bytes: Buffer.from("c") },
      { atUs: 20_000, end: "eof" },
    ]);
  });

  test("a bare stream has no times", async () => {
    expect(await stepsOf(await folder.bare("bare", "data: x\n\n"))).toEqual([
      { atUs: 0, bytes: Buffer.from("data: x\n\n") },
      { atUs: 0, end: "eof" },
    ]);
  });

  test("an empty body has an end", async () => {
    expect(await stepsOf(await folder.bare("empty", ""))).toEqual([{ atUs: 0, end: "eof" }]);
  });

  test("more chunks than a batch holds stay in order", async () => {
    const chunks = Array.from({ length: 1000 }, (_, number) => [1, `${number} `] as const);
    const steps = await stepsOf(await folder.record("many", { chunks }));
    expect(steps).toHaveLength(1001);
    expect(steps.slice(0, -1).map((step) => ("bytes" in step ? Buffer.from(step.bytes).toString() : ""))).toEqual(
      chunks.map(([, text]) => text),
    );
    expect(steps.at(-1)).toEqual({ atUs: 1_000_000, end: "eof" });
  });

  test.each<[TapeEnd, string]>([
    ["eof", "eof"],
    ["cut", "cut"],
    ["reset", "reset"],
    ["timeout", "cut"],
    ["limit", "cut"],
    ["client", "cut"],
    ["malformed", "cut"],
    ["interrupted", "cut"],
  ])("recorded to the end %s, a body ends with %s", async (end, expected) => {
    expect(bodyEnd(await folder.record(`end-${end}`, { end }))).toBe(expected);
  });

  test("when the recorder was killed, the body is cut", async () => {
    const { path } = await folder.record("killed", { chunks: [[1, "a"]] });
    await writeFile(
      `${path}.tape`,
      '{"ssert":1,"recordedAt":"2026-01-01T00:00:00.000Z","tool":"t","provenance":"recorded","boundaries":"exact"}\n[1000,1]\n',
    );
    const killed = await openTape(path);
    expect(killed.state).toBe("unfinished");
    expect(await stepsOf(killed)).toEqual([
      { atUs: 1000, bytes: Buffer.from("a") },
      { atUs: 1000, end: "cut" },
    ]);
  });
});
