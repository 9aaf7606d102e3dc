import { once } from "node:events";
import { rm } from "node:fs/promises";
import { Agent } from "node:http";
import { connect } from "node:net";
import { type Exchange, startReplay } from "@ssert/replay";
import { describe, expect, test } from "vitest";
import { ask, nextChunk, overTcp, receive, send } from "./support/http.ts";
import { ManualTimer } from "./support/manual-timer.ts";
import { replaying } from "./support/servers.ts";
import { tapeFolder } from "./support/tapes.ts";

const folder = tapeFolder();

const GET = "GET /stream HTTP/1.1\r\nhost: x\r\n\r\n";
const CHUNKS = [
  [0, "data: a\n\n"],
  [1, "data: b"],
] as const;

describe("the end that the client sees", () => {
  test("of a cut tape is a close without HTTP's terminator, every byte before it", async () => {
    const tape = await folder.record("cut", { chunks: CHUNKS, end: "cut" });
    const { url, port } = await replaying({ tapes: [tape], speed: "instant" });
    const { received, end } = await overTcp(port, GET);
    expect(end).toBe("closed");
    expect(received).toContain("\r\nTransfer-Encoding: chunked\r\n");
    expect(received).toMatch(/\r\n\r\n9\r\ndata: a\n\n\r\n7\r\ndata: b\r\n$/);
    expect(await ask(`${url}/stream`)).toMatchObject({ status: 200, text: "data: a\n\ndata: b", complete: false });
  });

  test("of a reset tape is a TCP reset, every byte before it", async () => {
    const tape = await folder.record("reset", { chunks: CHUNKS, end: "reset" });
    const { port } = await replaying({ tapes: [tape], speed: "instant" });
    const { received, end } = await overTcp(port, GET);
    expect(end).toBe("reset");
    expect(received).toMatch(/9\r\ndata: a\n\n\r\n7\r\ndata: b\r\n$/);
  });

  test("of a large reset tape leaves the bytes time to get there", async () => {
    const block = "x".repeat(60_000);
    const tape = await folder.record("large-reset", {
      chunks: Array.from({ length: 10 }, () => [0, block] as const),
      end: "reset",
    });
    const timer = new ManualTimer();
    const { url } = await replaying({ tapes: [tape], timer });
    const response = await send(`${url}/stream`);
    let bytes = 0;
    await new Promise<void>((resolve) => {
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes === 600_000) resolve();
      });
    });
    const reset = once(response, "error");
    await timer.next();
    expect(await reset).toMatchObject([{ code: "ECONNRESET" }]);
  });

  test.each(["cut", "reset"] as const)("of a tape that is %s before its first byte has a head", async (end) => {
    const tape = await folder.record(`no-body-${end}`, { end });
    const { port } = await replaying({ tapes: [tape], speed: "instant" });
    const seen = await overTcp(port, GET);
    expect(seen.received).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(seen.received).toMatch(/\r\n\r\n$/);
    expect(seen.end).toBe(end === "reset" ? "reset" : "closed");
  });

  test("of a cut JSON body does not pass for its whole", async () => {
    const response = { headers: { "content-type": "application/json" } };
    const tape = await folder.record("cut-json", { response, chunks: [[0, '{"id":']], end: "cut" });
    const { url } = await replaying({ tapes: [tape] });
    expect(await ask(`${url}/stream`)).toMatchObject({ text: '{"id":', complete: false });
  });

  test("comes when it was recorded", async () => {
    const tape = await folder.record("late-cut", { chunks: [[0, "a"]], end: "cut", elapsedMs: 5000 });
    const timer = new ManualTimer();
    const { url } = await replaying({ tapes: [tape], timer });
    const response = await send(`${url}/stream`);
    await nextChunk(response);
    const received = receive(response);
    expect(await timer.next()).toBe(5000);
    expect((await received).complete).toBe(false);
  });

  test("is told", async () => {
    const tapes = [
      await folder.record("told-cut", { chunks: CHUNKS, end: "cut" }),
      await folder.record("told-reset", { chunks: CHUNKS, end: "reset" }),
    ];
    const told: Exchange[] = [];
    const server = await startReplay({ tapes, speed: "instant", onExchange: (exchange) => told.push(exchange) });
    await overTcp(server.port, GET);
    await overTcp(server.port, GET);
    await server.close();
    expect(told.map(({ end, bytes }) => [end, bytes])).toEqual([
      ["cut", 16],
      ["reset", 16],
    ]);
  });
});

describe("connections", () => {
  test("are kept for the next request after a body that ended well", async () => {
    const { url } = await replaying({ tapes: [await folder.record("kept", { chunks: CHUNKS })], speed: "instant" });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await send(`${url}/stream`, { agent });
    const port = first.socket.localPort;
    await receive(first);
    const second = await send(`${url}/stream`, { agent });
    expect(second.socket.localPort).toBe(port);
    await receive(second);
    agent.destroy();
  });

  test("answer requests that were sent at once in their order, each from its own start", async () => {
    const tapes = [
      await folder.record("pipe-1", { chunks: [[100, "one"]] }),
      await folder.record("pipe-2", { request: { url: "/second" }, chunks: [[0, "two"]], end: "cut" }),
    ];
    const timer = new ManualTimer();
    const { port } = await replaying({ tapes, timer });
    const second = GET.replace("/stream", "/second");
    // Once asked for, it is in memory, and would be over before the first one begins.
    await overTcp(port, second);
    const exchange = overTcp(port, GET + second);
    await timer.next();
    expect((await exchange).received).toMatch(/3\r\none\r\n0\r\n\r\nHTTP\/1.1 200 OK[\s\S]*3\r\ntwo\r\n$/);
  });
});

describe("a client that goes away", () => {
  test("frees its timer, and the server answers others", async () => {
    const timer = new ManualTimer();
    let tell: (exchange: Exchange) => void = () => {};
    const told = new Promise<Exchange>((resolve) => {
      tell = resolve;
    });
    const tape = await folder.record("left", {
      chunks: [
        [0, "a"],
        [1000, "b"],
      ],
    });
    const { url } = await replaying({ tapes: [tape], timer, onExchange: tell });
    const response = await send(`${url}/stream`);
    await nextChunk(response);
    expect(timer.waiting).toBe(1);
    response.destroy();
    expect(await told).toMatchObject({ status: 200, bytes: 1, end: "client" });
    expect(timer.waiting).toBe(0);
    expect((await timer.runUntil(ask(`${url}/stream`))).text).toBe("ab");
  });

  test("in the middle of its request costs nothing", async () => {
    const server = await replaying({ tapes: [await folder.record("half", { chunks: [[0, "a"]] })] });
    const socket = connect(server.port, "127.0.0.1");
    socket.write("POST /stream HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc", () => socket.resetAndDestroy());
    await once(socket, "close");
    expect((await ask(`${server.url}/stream`)).text).toBe("a");
  });
});

test("a tape that has gone from the disk is a 500 that says so, and the server lives on", async () => {
  const [gone, there] = [
    await folder.record("gone", { response: { headers: { "retry-after": "9" } }, chunks: [[0, "a"]] }),
    await folder.record("there", { request: { url: "/there" }, chunks: [[0, "b"]] }),
  ];
  const { url } = await replaying({ tapes: [gone, there] });
  await rm(gone.path);
  const answer = await ask(`${url}/stream`);
  expect(answer.status).toBe(500);
  expect(answer.headers["retry-after"]).toBeUndefined();
  expect(JSON.parse(answer.text).error).toContain("gone.sse");
  expect((await ask(`${url}/there`)).text).toBe("b");
});

test("closing ends open streams", async () => {
  const timer = new ManualTimer();
  const server = await replaying({
    tapes: [
      await folder.record("open", {
        chunks: [
          [0, "a"],
          [1000, "b"],
        ],
      }),
    ],
    timer,
  });
  const response = await send(`${server.url}/stream`);
  await nextChunk(response);
  const received = receive(response);
  await Promise.all([server.close(), server.close()]);
  expect((await received).complete).toBe(false);
  expect(timer.waiting).toBe(0);
  await expect(ask(`${server.url}/stream`)).rejects.toThrow(/ECONNREFUSED/);
});
