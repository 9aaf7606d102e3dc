import { once } from "node:events";
import { connect } from "node:net";
import type { Exchange } from "@ssert/replay";
import { describe, expect, test } from "vitest";
import { ask, overTcp, send } from "./support/http.ts";
import { ManualTimer } from "./support/manual-timer.ts";
import { replaying } from "./support/servers.ts";
import { tapeFolder } from "./support/tapes.ts";

const folder = tapeFolder();

const CHUNKS = [
  [0, "data: a\n\n"],
  [100, "data: b\n\n"],
  [0, "data: c\n\n"],
] as const;

describe("on the connection, a body", () => {
  test("is one HTTP chunk for each chunk of the tape, and HTTP's end", async () => {
    const { port } = await replaying({ tapes: [await folder.record("framed", { chunks: CHUNKS })], speed: "instant" });
    const { received } = await overTcp(port, "GET /stream HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    expect(received.slice(received.indexOf("\r\n\r\n") + 4)).toBe(
      "9\r\ndata: a\n\n\r\n9\r\ndata: b\n\n\r\n9\r\ndata: c\n\n\r\n0\r\n\r\n",
    );
  });

  test("too large to be kept in memory is framed as well", async () => {
    const block = "x".repeat(600_000);
    const tape = await folder.record("large", {
      chunks: [
        [0, block],
        [0, block],
      ],
    });
    const { port } = await replaying({ tapes: [tape], speed: "instant" });
    const { received } = await overTcp(port, "GET /stream HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    expect(received.slice(received.indexOf("\r\n\r\n") + 4)).toBe(
      `927c0\r\n${block}\r\n927c0\r\n${block}\r\n0\r\n\r\n`,
    );
  });

  test("has no frames for a client of HTTP/1.0, which does not know them", async () => {
    const { port } = await replaying({ tapes: [await folder.record("old", { chunks: CHUNKS })], speed: "instant" });
    const { received, end } = await overTcp(port, "GET /stream HTTP/1.0\r\nhost: x\r\n\r\n");
    expect(received.slice(received.indexOf("\r\n\r\n") + 4)).toBe("data: a\n\ndata: b\n\ndata: c\n\n");
    expect(received).not.toMatch(/transfer-encoding/i);
    expect(end).toBe("closed");
  });

  test("of no bytes has the length 0", async () => {
    const { url } = await replaying({ tapes: [await folder.record("empty", {})] });
    expect(await ask(`${url}/stream`)).toMatchObject({ text: "", complete: true, headers: { "content-length": "0" } });
  });

  test("without an event to begin with shows its head before it waits", async () => {
    const timer = new ManualTimer();
    const { url } = await replaying({ tapes: [await folder.record("late", { chunks: [[5000, "a"]] })], timer });
    const response = await send(`${url}/stream`);
    expect(response.statusCode).toBe(200);
    expect(timer.waiting).toBe(1);
    response.destroy();
  });
});

test("a client that closes its side while a body plays is gone, and the server lives on", async () => {
  const timer = new ManualTimer();
  let tell: (exchange: Exchange) => void = () => {};
  const told = new Promise<Exchange>((resolve) => {
    tell = resolve;
  });
  const tape = await folder.record("half-closed", { chunks: CHUNKS });
  const { url, port } = await replaying({ tapes: [tape], timer, onExchange: tell });
  const socket = connect(port, "127.0.0.1");
  socket.write("GET /stream HTTP/1.1\r\nhost: x\r\n\r\n");
  await once(socket, "data");
  socket.end();
  socket.resume();
  expect(await told).toMatchObject({ bytes: 9, end: "client" });
  expect(timer.waiting).toBe(0);
  expect((await timer.runUntil(ask(`${url}/stream`))).text).toBe("data: a\n\ndata: b\n\ndata: c\n\n");
});
