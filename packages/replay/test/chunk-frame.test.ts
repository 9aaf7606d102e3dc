import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frameChunk, frameStep } from "../src/chunk-frame.ts";

describe("a chunk's frame", () => {
  test.each([
    { length: 1, size: "1" },
    { length: 15, size: "f" },
    { length: 16, size: "10" },
    { length: 70_000, size: "11170" },
  ])("of $length bytes begins with $size", ({ length, size }) => {
    const bytes = "x".repeat(length);
    expect(frameChunk(Buffer.from(bytes)).toString()).toBe(`${size}\r\n${bytes}\r\n`);
  });

  test("leaves a step what it was", () => {
    fc.assert(
      fc.property(fc.nat(), fc.uint8Array({ minLength: 1 }), (atUs, bytes) => {
        const step = frameStep({ atUs, bytes });
        if ("end" in step) throw new TypeError("a chunk stays a chunk");
        expect([...step.bytes]).toEqual([...bytes]);
        expect(step.framed).toEqual(frameChunk(bytes));
        expect(step.atUs).toBe(atUs);
        // In memory once.
        expect(step.bytes.buffer).toBe(step.framed?.buffer);
      }),
    );
    expect(frameStep({ atUs: 5, end: "cut" })).toEqual({ atUs: 5, end: "cut" });
  });
});
