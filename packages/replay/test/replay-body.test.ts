import type { Exchange } from "@ssert/replay";
import type { Tape } from "@ssert/tape";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ask, nextChunk, receive, send } from "./support/http.ts";
import { ManualTimer } from "./support/manual-timer.ts";
import { replaying } from "./support/servers.ts";
import { tapeFolder } from "./support/tapes.ts";

const folder = tapeFolder();

/** Every byte there is, cut inside characters and line ends. */
const AWKWARD = [
  Buffer.from([0xf0, 0x9f]),
  Buffer.from([0x98, 0x80, 0x0d]),
  Buffer.from([0x0a]),
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
];

describe("the body", () => {
  test("is the tape's, byte for byte and chunk for chunk", async () => {
    const tape = await folder.record("awkward", { chunks: AWKWARD.map((bytes) => [1, bytes] as const) });
    const { url } = await replaying({ tapes: [tape], speed: "instant" });
    const { chunks, complete } = await ask(`${url}/stream`);
    expect(chunks).toEqual(AWKWARD);
    expect(complete).toBe(true);
  });

  test("is, whatever its chunks are", async () => {
    let tapes = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 100 }),
        async (chunks) => {
          tapes += 1;
          const tape = await folder.record(`any-${tapes}`, { chunks: chunks.map((bytes) => [0, bytes] as const) });
          const { url } = await replaying({ tapes: [tape] });
          expect(Buffer.concat((await ask(`${url}/stream`)).chunks)).toEqual(Buffer.concat(chunks));
        },
      ),
      { numRuns: 20 },
    );
  });

  test("comes at the times recorded, its headers at once", async () => {
    const tape = await folder.record("paced", {
      chunks: [
        [100, "a"],
        [200, "b"],
        [0, "c"],
      ],
      elapsedMs: 1000,
    });
    const timer = new ManualTimer();
    const { url } = await replaying({ tapes: [tape], timer });
    const response = await send(`${url}/stream`);
    expect(await timer.next()).toBe(100);
    expect(await nextChunk(response)).toBe("a");
    expect(await timer.next()).toBe(300);
    expect(await nextChunk(response)).toBe("b");
    expect(await timer.next()).toBe(1000);
    expect(await receive(response)).toMatchObject({ text: "c", complete: true });
  });

  test.each([
    [{ speed: 4 } as const, 250],
    [{ maxGapMs: 300 }, 900],
    [{ speed: "instant" } as const, 0],
  ])("comes at the pace of %o", async (pace, endMs) => {
    const tape = await folder.record(`pace-${endMs}`, {
      chunks: [
        [400, "a"],
        [300, "b"],
      ],
      elapsedMs: 1000,
    });
    const timer = new ManualTimer();
    const { url } = await replaying({ tapes: [tape], timer, ...pace });
    await timer.runUntil(ask(`${url}/stream`));
    expect(timer.now()).toBe(endMs);
  });

  test("too large to keep in memory is streamed from disk, again and again", async () => {
    const block = Buffer.alloc(64 * 1024, "0123456789abcde\n");
    const tape = await folder.record("large", { chunks: Array.from({ length: 48 }, () => [0, block] as const) });
    const { url } = await replaying({ tapes: [tape], speed: "instant" });
    for (let request = 0; request < 2; request += 1) {
      const { chunks, complete } = await ask(`${url}/stream`);
      expect(complete).toBe(true);
      expect(Buffer.concat(chunks).equals(Buffer.concat(Array.from({ length: 48 }, () => block)))).toBe(true);
    }
  });

  test("waits for a client that does not read", async () => {
    const block = Buffer.alloc(1024 * 1024, "x");
    let read = 0;
    const tape: Tape = {
      path: "endless.sse",
      header: undefined,
      trailer: undefined,
      state: "bare",
      bytes: Number.MAX_SAFE_INTEGER,
      async *chunks() {
        for (;;) {
          read += 1;
          yield { bytes: block, afterUs: undefined };
        }
      },
    };
    const { url } = await replaying({ tapes: [tape] });
    const response = await send(`${url}/stream`);
    await nextChunk(response);
    // Reading goes on as long as the sockets' buffers take it, and no further.
    let before = -1;
    while (read > before) {
      before = read;
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    }
    expect(read).toBeLessThan(200);
    response.destroy();
  });
});

describe("the head", () => {
  test.each([
    [
      {
        status: 200,
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "x-request-id": "r1",
          date: "Thu, 01 Jan 2026 00:00:00 GMT",
        },
      },
      "data: x\n\n",
    ],
    [{ status: 201, headers: { "content-type": "application/json" } }, '{"id":"s"}'],
    [{ status: 409, headers: { "content-type": "application/json", "retry-after": "3" } }, '{"error":"busy"}'],
    [{ status: 500, headers: {} }, ""],
  ])("is as recorded: %o", async (response, body) => {
    const tape = await folder.record(`head-${response.status}`, { response, chunks: body === "" ? [] : [[0, body]] });
    const { url } = await replaying({ tapes: [tape] });
    const { status, headers, text, complete } = await ask(`${url}/stream`);
    expect({ status, text, complete }).toEqual({ status: response.status, text: body, complete: true });
    expect(headers).toMatchObject(response.headers);
  });

  test("frames the decoded bytes anew", async () => {
    const json = {
      "content-type": "application/json",
      "content-encoding": "gzip",
      "content-length": "7",
      connection: "close",
    };
    const stream = { ...json, "content-type": "text/event-stream" };
    const body = [[0, "{}"] as const];
    const tapes = [
      await folder.record("json", { response: { headers: json }, chunks: body }),
      await folder.record("stream", { response: { headers: stream }, chunks: body }),
    ];
    const { url } = await replaying({ tapes });
    const answers = [await ask(`${url}/stream`), await ask(`${url}/stream`)];
    expect(answers.map(({ text, complete }) => [text, complete])).toEqual([
      ["{}", true],
      ["{}", true],
    ]);
    expect(answers.map(({ headers }) => headers["content-length"])).toEqual(["2", undefined]);
    expect(answers.map(({ headers }) => headers["transfer-encoding"])).toEqual([undefined, "chunked"]);
    for (const { headers } of answers) expect(headers["content-encoding"]).toBeUndefined();
  });

  test.each([
    ["HEAD", 200],
    ["GET", 204],
    ["GET", 304],
  ])("stands alone for %s %d", async (method, status) => {
    const tape = await folder.record(`alone-${method}-${status}`, {
      request: { method },
      response: { status, headers: { "content-type": "application/json" } },
    });
    const { url } = await replaying({ tapes: [tape] });
    const answer = await ask(`${url}/stream`, { method });
    expect(answer).toMatchObject({ status, text: "", complete: true });
    expect(answer.headers["content-length"]).toBeUndefined();
    expect((await ask(`${url}/stream`, { method })).status).toBe(status);
  });

  test("of a bare stream serves HEAD as well", async () => {
    const { url } = await replaying({ tapes: [await folder.bare("bare-head", "data: x\n\n")] });
    expect(await ask(`${url}/stream`, { method: "HEAD" })).toMatchObject({ status: 200, text: "", complete: true });
  });
});

describe("every exchange is told", () => {
  test("when it is over", async () => {
    const told: Exchange[] = [];
    const tape = await folder.record("told", { chunks: [[0, "12345"]] });
    const { url } = await replaying({ tapes: [tape], onExchange: (exchange) => told.push(exchange) });
    await ask(`${url}/stream`);
    const miss = await ask(`${url}/nowhere?x=1`, { method: "DELETE" });
    await ask(`${url}/stream`);
    expect(told.slice(0, 2)).toEqual([
      { method: "GET", target: "/stream", status: 200, tape: tape.path, bytes: 5, end: "eof" },
      { method: "DELETE", target: "/nowhere?x=1", status: 404, tape: undefined, bytes: miss.text.length, end: "eof" },
    ]);
  });
});
