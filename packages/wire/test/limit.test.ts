import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDecoder, WireError } from "../src/index.ts";
import { bytesOf } from "./listen.ts";
import { CUTS, cut, STREAM } from "./streams.ts";

/** Pushes the chunks until one is refused: the data of the events before, and the error. */
function pushAll(
  chunks: readonly Uint8Array[],
  maxEventBytes?: number,
): { seen: string[]; error: WireError | undefined } {
  const seen: string[] = [];
  const decoder = createDecoder({ event: ({ data }) => seen.push(data) }, { maxEventBytes });
  try {
    for (const chunk of chunks) decoder.push(chunk);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    expect(decoder.position()).toEqual(error.location);
    return { seen, error };
  }
  return { seen, error: undefined };
}

describe("the bound on one event", () => {
  test("names the limit, the place and what to do; the events before are delivered", () => {
    const { seen, error } = pushAll([bytesOf(`data: 1\n\ndata: 2\n\n: long\ndata: ${"x".repeat(200)}\n\n`)], 100);
    expect(seen).toEqual(["1", "2"]);
    expect(error?.code).toBe("event-too-large");
    expect(error?.location).toEqual({ offset: 18, line: 5, column: 1 });
    expect(error?.message).toMatch(/line 5 .*offset 18.* 100 bytes; raise maxEventBytes/);
  });

  test("leaves a large chunk of small blocks alone", () => {
    const { seen, error } = pushAll([bytesOf("data: 1\n\n".repeat(50_000))], 9);
    expect(error).toBeUndefined();
    expect(seen).toHaveLength(50_000);
  });

  test("is the size of a block with its blank line, to the byte", () => {
    expect(pushAll([bytesOf("data: 1\n\n")], 9).error).toBeUndefined();
    expect(pushAll([bytesOf("data: 1\n\n")], 8).error?.code).toBe("event-too-large");
    // The LF behind the CR that ends the block is beyond it.
    expect(pushAll([bytesOf("data: 1\r\n\r\n")], 10).error).toBeUndefined();
    expect(pushAll([bytesOf("data: 1\r\n\r\n")], 9).error?.code).toBe("event-too-large");
  });

  test("holds for blocks that never end, in chunks of any size, before memory is spent on them", () => {
    const chunk = new Uint8Array(1024 * 1024).fill(0x78);
    const decoder = createDecoder({ event: () => undefined });
    let pushed = 0;
    expect(() => {
      for (; pushed < 100; pushed += 1) decoder.push(chunk);
    }).toThrow("16777216 bytes");
    expect(pushed).toBe(16);
    expect(() => createDecoder({ event: () => undefined }).push(new Uint8Array(64 * 1024 * 1024))).toThrow(WireError);
  });

  test("stays in force: every later push is refused with the same error", () => {
    const decoder = createDecoder({ event: () => undefined }, { maxEventBytes: 10 });
    const refusal = (chunk: string): unknown => {
      try {
        decoder.push(bytesOf(chunk));
      } catch (error) {
        return error;
      }
      return undefined;
    };
    const first = refusal("data: 12345678");
    expect(first).toMatchObject({ code: "event-too-large" });
    expect(refusal("\n\ndata: 1\n\n")).toBe(first);
  });

  test("does not depend on the chunks", () => {
    fc.assert(
      fc.property(STREAM, CUTS, fc.integer({ min: 1, max: 40 }), (bytes, sizes, limit) => {
        const whole = pushAll([bytes], limit);
        const pieces = pushAll(cut(bytes, sizes), limit);
        expect(pieces.seen).toEqual(whole.seen);
        expect(pieces.error?.location).toEqual(whole.error?.location);
      }),
      { numRuns: 2000 },
    );
  });

  test("lets through what is as large as it may be, over many pieces", () => {
    const data = "x".repeat(300_000);
    const bytes = bytesOf(`data: 0\n\ndata: ${data}\n\ndata: 2\n\n`);
    for (const size of [100, 1000, 5000, 70_000, bytes.length]) {
      expect(pushAll(cut(bytes, [size]), data.length + 8)).toEqual({ seen: ["0", data, "2"], error: undefined });
      expect(pushAll(cut(bytes, [size]), data.length + 7).error?.location).toEqual({ offset: 9, line: 3, column: 1 });
    }
  });

  test("has room for a block larger than what the decoder keeps, and goes on small after it", () => {
    const large = "y".repeat(3 * 1024 * 1024);
    const bytes = bytesOf(`data: ${large}\n\n${"data: z\n\n".repeat(1000)}`);
    expect(pushAll(cut(bytes, [64])).seen).toEqual([large, ...new Array<string>(1000).fill("z")]);
  });
});
