import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { builtinProtocol } from "@ssert/protocol";
import type { Finding, Timeline, TimelineEvent } from "@ssert/report";
import { findInputs, frameSource, readTimeline, type TimelineOptions } from "@ssert/validate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folderOf, put } from "../folder.ts";
import { putTape, VALID } from "../tapes.ts";

async function timelineOf(body: string | Buffer, options: TimelineOptions = {}): Promise<Timeline> {
  const source = await put(await folderOf(), "x.sse", body);
  return await readTimeline({ kind: "file", source }, options);
}

const pokee = { protocol: () => builtinProtocol("pokee") };
const numbersOf = ({ events }: Timeline): readonly number[] => events.map(({ number }) => number);
const aFinding = (number: number, related?: number): Finding => ({
  rule: "x/y",
  severity: "error",
  message: "",
  event: { number, type: null },
  ...(related !== undefined && { related: [{ message: "", event: { number: related, type: null } }] }),
});

describe("the events of a timeline", () => {
  test("are where the stream has them, with their block as it is", async () => {
    const body =
      "\uFEFF: hello\r\nevent: text.delta\r\ndata: {}\r\n\r\n\r\nid: 1\r\n\r\ndata: two\r\ndata:lines\r\n\r\ndata: lost";
    const { events, total } = await timelineOf(body, pokee);
    expect(events).toEqual([
      {
        number: 1,
        type: "text.delta",
        lane: "text",
        offset: 0, // a byte order mark is a part of what is shown
        length: 39,
        line: 1,
        raw: "\uFEFF: hello\r\nevent: text.delta\r\ndata: {}",
      },
      { number: 2, type: null, lane: "stream", offset: 54, length: 21, line: 8, raw: "data: two\r\ndata:lines" },
    ]);
    expect(total).toEqual({ events: 2, chunks: 1, bytes: Buffer.byteLength(body) });
  });

  test("come at the time of the chunk that completed them", async () => {
    const cut = VALID.indexOf("event: text.stop") - 1; // before the blank line of the delta
    const chunks = [
      [1000, cut],
      [500, 1],
      [250, Buffer.byteLength(VALID) - cut - 1],
    ] as const;
    const source = await putTape(await folderOf(), "x.sse", VALID, { chunks: bytewise(chunks) });
    const timeline = await readTimeline({ kind: "file", source }, pokee);
    expect(timeline.events.map(({ atUs }) => atUs)).toEqual([1000, 1000, 1500, 1750, 1750]);
    expect(timeline.chunks.map(({ events, atUs }) => [events, atUs])).toEqual([
      [2, 1000],
      [3, 1500],
      [5, 1750],
    ]);
    expect(timeline.closedUs).toBe(2000);
    expect(timeline.lanes).toEqual(["stream", "text"]);
  });

  test("have no time without a tape, and the chunks of a file are none", async () => {
    const { events, chunks } = await timelineOf(VALID);
    expect(events.every((event) => !("atUs" in event))).toBe(true);
    expect(chunks).toEqual([]);
  });

  test("of a long block only the beginning is kept, whole characters of it", async () => {
    const [event] = (await timelineOf(`data: ${"€".repeat(10)}\n\n`, { maxRawBytes: 10 })).events;
    expect(event).toMatchObject({ raw: "data: €", cut: 26, length: 36 });
    expect(event).not.toHaveProperty("illFormed");
  });

  test("what is ill-formed in them is marked with its bytes", async () => {
    const [event] = (
      await timelineOf(Buffer.from("data: a\xE2\x82b\xFF\xFFc\uFFFD\n\n".replace("\uFFFD", "\xEF\xBF\xBD"), "latin1"))
    ).events;
    expect(event?.raw).toBe("data: a\uFFFDb\uFFFD\uFFFDc\uFFFD");
    expect(event?.illFormed).toEqual([
      { at: 7, length: 1, hex: "e282" },
      { at: 9, length: 2, hex: "ffff" },
    ]);
  });

  test("text and marks together are the bytes, whatever they are", async () => {
    const byte = fc.oneof(fc.integer({ min: 0x80, max: 0xff }), fc.constantFrom(0x20, 0x41, 0xef, 0xbf, 0xbd));
    await fc.assert(
      fc.asyncProperty(fc.array(byte, { maxLength: 24 }), async (bytes) => {
        const block = Buffer.concat([Buffer.from("data:x"), Buffer.from(bytes)]);
        const stdin = chunked([Buffer.concat([block, Buffer.from("\n\n")])]);
        const [event] = (await readTimeline({ kind: "stdin", source: "-" }, { stdin })).events;
        expect(bytesOf(event)).toBe(block.toString("hex"));
      }),
    );
  });
});

describe("a stream with more than the cap", () => {
  const many = Array.from({ length: 500 }, (_, n) => `data: ${n + 1}\n\n`).join("");

  test("keeps its first events and counts all", async () => {
    const timeline = await timelineOf(many, { maxEvents: 20 });
    expect(numbersOf(timeline)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(timeline.total.events).toBe(500);
  });

  test("keeps those around both places of a finding as well, with their right text", async () => {
    const timeline = await timelineOf(many, { maxEvents: 60, findings: [aFinding(400, 200)] });
    expect(numbersOf(timeline)).toEqual(expect.arrayContaining([1, 2, 3, 195, 200, 205, 395, 400, 405]));
    expect(timeline.events).toHaveLength(60);
    for (const { number, raw } of timeline.events) expect(raw).toBe(`data: ${number}`);
  });

  test("keeps no more than the cap however many findings there are", async () => {
    const findings = Array.from({ length: 500 }, (_, n) => aFinding(500 - n));
    expect((await timelineOf(many, { maxEvents: 60, findings })).events.length).toBeLessThanOrEqual(60);
  });

  test("keeps as many chunks as it is told", async () => {
    const chunks = Array.from({ length: 50 }, () => [10, many.length / 50] as const);
    const source = await putTape(await folderOf(), "x.sse", many.slice(0, Math.floor(many.length / 50) * 50), {
      chunks: chunks.map(([after, bytes]) => [after, Math.floor(bytes)]),
    });
    const timeline = await readTimeline({ kind: "file", source }, { maxChunks: 7 });
    expect(timeline.chunks).toHaveLength(7);
    expect(timeline.total.chunks).toBe(50);
  });
});

describe("reading", () => {
  test("standard input a second time, from what was kept of it", async () => {
    const frames = frameSource();
    for await (const _ of frames.keep(chunked([Buffer.from("data: a\n"), Buffer.from("\ndata: b\n\n")])));
    const timeline = await readTimeline({ kind: "stdin", source: "-" }, { stdin: frames.kept() });
    expect(timeline.events.map(({ raw }) => raw)).toEqual(["data: a", "data: b"]);
  });

  test("however the bytes are cut, the timeline is the same", async () => {
    const whole = await timelineOf(VALID, pokee);
    for (const size of [1, 2, 7, 64]) {
      const bytes = Buffer.from(VALID);
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
        bytes.subarray(n * size, (n + 1) * size),
      );
      const timeline = await readTimeline({ kind: "stdin", source: "-" }, { ...pokee, stdin: chunked(pieces) });
      expect(timeline.events).toEqual(whole.events);
    }
  });

  test("a long stream holds no more of it than what is kept, also while an event far ahead is waited for", async () => {
    const chunk = Buffer.from("data: 0123456789abcdef0123456789abcdef\n\n".repeat(1600)); // 64 kB
    let most = 0;
    async function* long(): AsyncIterable<Uint8Array> {
      for (let sent = 0; sent < 1000; sent++) {
        yield chunk;
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      }
    }
    const before = process.memoryUsage().arrayBuffers;
    const options = { stdin: long(), findings: [aFinding(1_599_000)], maxEvents: 30 };
    const timeline = await readTimeline({ kind: "stdin", source: "-" }, options);
    expect(numbersOf(timeline).at(-1)).toBe(1_599_005);
    expect(most - before).toBeLessThan(chunk.length * 400);
  });

  test("ends at an event over the bound, and says so", async () => {
    async function* endless(): AsyncIterable<Uint8Array> {
      yield Buffer.from("data: small\n\n");
      for (;;) yield Buffer.alloc(1024 * 1024, "data: x");
    }
    const timeline = await readTimeline({ kind: "stdin", source: "-" }, { stdin: endless() });
    expect(timeline.events).toHaveLength(1);
    expect(timeline.stopped).toMatch(/16/);
  });

  test("ends where the verdict did, at a bound that was asked for", async () => {
    const stdin = Readable.from([Buffer.from("data: small\n\ndata: of twenty bytes.\n\ndata: 3\n\n")]);
    const timeline = await readTimeline({ kind: "stdin", source: "-" }, { stdin, maxEventBytes: 15 });
    expect(timeline.total.events).toBe(1);
    expect(timeline.stopped).toMatch(/15/);
  });

  test("of a file that is not there throws what openTape does", async () => {
    await expect(readTimeline({ kind: "file", source: "/nowhere/x.sse" })).rejects.toMatchObject({ code: "not-found" });
  });

  test("every fixture: blocks stand at their offsets and lines", async () => {
    const folder = fileURLToPath(new URL("../../../../fixtures/pokee", import.meta.url));
    for (const input of await findInputs([folder])) {
      const bytes = await readFile(input.source);
      for (const event of (await readTimeline(input, pokee)).events) {
        expect(bytesOf(event)).toBe(bytes.subarray(event.offset, event.offset + event.length).toString("hex"));
        const before = bytes.subarray(0, event.offset).toString("latin1");
        expect(event.line).toBe(before.split(/\r\n|\r|\n/).length);
      }
    }
  });
});

/** The bytes of an event, put together again from its text and its marks. */
function bytesOf(event: TimelineEvent | undefined): string {
  if (event === undefined) throw new Error("no event");
  let hex = "";
  let from = 0;
  for (const mark of event.illFormed ?? []) {
    hex += Buffer.from(event.raw.slice(from, mark.at)).toString("hex") + mark.hex;
    from = mark.at + mark.length;
  }
  return hex + Buffer.from(event.raw.slice(from)).toString("hex");
}

/** Chunk lines whose lengths were counted in characters. */
function bytewise(chunks: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  let at = 0;
  return chunks.map(([after, length]) => {
    const text = VALID.slice(at, at + length);
    at += length;
    return [after, Buffer.byteLength(text)];
  });
}

async function* chunked(pieces: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* pieces;
}
