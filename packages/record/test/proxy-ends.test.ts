import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { until } from "./folder.ts";
import { GET, newProxy, rawClient } from "./proxies.ts";
import { chunk, gate, LAST_CHUNK, listen, rawServer, STREAM } from "./servers.ts";

const EVENT = "data: 1\n\n";
const NAME = "0001-get-s.sse";

describe("what the origin did is what the client sees, and what the tape says", () => {
  it("eof: the last chunk", async () => {
    const origin = await rawServer((socket) => socket.end(STREAM + chunk(EVENT) + LAST_CHUNK));
    const proxy = await newProxy(origin.url);
    const client = rawClient(proxy.port, GET);
    await client.until(`9\r\n${EVENT}\r\n0\r\n\r\n`);
    expect(await proxy.tapes(1)).toEqual([[NAME, "eof", EVENT]]);
  });

  it.each([
    ["chunked encoding", STREAM + chunk(EVENT)],
    ["a known length", `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99\r\n\r\n${EVENT}`],
  ])("cut: %s without its end", async (_, response) => {
    const origin = await rawServer((socket) => socket.end(response));
    const proxy = await newProxy(origin.url);
    const client = rawClient(proxy.port, GET);
    expect(await client.ended).toBe("closed");
    expect(client.received()).toContain(EVENT);
    expect(client.received()).not.toContain("0\r\n\r\n");
    expect(await proxy.tapes(1)).toEqual([[NAME, "cut", EVENT]]);
  });

  it("reset: the connection", async () => {
    const arrived = gate();
    const origin = await rawServer(async (socket) => {
      socket.write(STREAM + chunk(EVENT));
      await arrived.opened;
      socket.resetAndDestroy();
    });
    const proxy = await newProxy(origin.url);
    const client = rawClient(proxy.port, GET);
    await client.until(EVENT);
    arrived.open();
    expect(await client.ended).toBe("reset");
    expect(await proxy.tapes(1)).toEqual([[NAME, "reset", EVENT]]);
  });

  it("malformed: bytes that are no chunk, which no one can pass on; the client sees a cut", async () => {
    const arrived = gate();
    const origin = await rawServer(async (socket) => {
      socket.write(STREAM + chunk(EVENT));
      await arrived.opened;
      socket.write("zzz\r\n");
    });
    const proxy = await newProxy(origin.url);
    const client = rawClient(proxy.port, GET);
    await client.until(EVENT);
    arrived.open();
    expect(await client.ended).toBe("closed");
    expect(client.received()).not.toContain("0\r\n\r\n");
    expect(await proxy.tapes(1)).toEqual([[NAME, "malformed", EVENT]]);
  });

  it("cut: all that came before it reaches a client that had been too slow", async () => {
    const body = Buffer.alloc(6 << 20, EVENT);
    const origin = await rawServer((socket) => socket.end(Buffer.concat([Buffer.from(STREAM), chunk(body)])));
    const proxy = await newProxy(origin.url);
    const client = rawClient(proxy.port, GET);
    client.socket.pause();
    await until("the proxy has begun to record", () => origin.connections() === 1);
    client.socket.resume();
    expect(await client.ended).toBe("closed");
    const [tape] = await proxy.tapes(1);
    expect(tape?.[1]).toBe("cut");
    expect(tape?.[2]).toHaveLength(body.length);
    // Chunked encoding adds to the body what frames it.
    expect(client.received().length).toBeGreaterThan(body.length);
  });
});

describe("when the client goes away", () => {
  it("the tape ends so, the origin is let go, and the proxy lives on", async () => {
    const gone = [gate(), gate()];
    let connections = 0;
    const origin = await rawServer((socket) => {
      socket.once("close", gone[connections]?.open ?? (() => {}));
      connections += 1;
      socket.write(STREAM + chunk(EVENT));
    });
    const proxy = await newProxy(origin.url);
    const polite = rawClient(proxy.port, GET);
    await polite.until(EVENT);
    polite.socket.end();
    await gone[0]?.opened;
    const rude = rawClient(proxy.port, GET);
    await rude.until(EVENT);
    rude.socket.resetAndDestroy();
    await gone[1]?.opened;
    expect(await proxy.tapes(2)).toEqual([
      [NAME, "client", EVENT],
      ["0002-get-s.sse", "client", EVENT],
    ]);
    expect(proxy.errors).toEqual([]);
  });

  it("before an answer, nothing is recorded and the origin is let go", async () => {
    const [asked, gone] = [gate(), gate()];
    const origin = await rawServer((socket) => {
      socket.once("close", gone.open);
      asked.open();
    });
    const proxy = await newProxy(origin.url);
    const client = rawClient(proxy.port, GET);
    await asked.opened;
    client.socket.destroy();
    await gone.opened;
    await proxy.close();
    expect([proxy.recordings, proxy.errors]).toEqual([[], []]);
  });

  it("in the middle of its own request, the origin sees it", async () => {
    const [asked, gone] = [gate(), gate()];
    const server = createServer((request) => {
      asked.open();
      request.on("close", () => (request.complete ? undefined : gone.open()));
      request.resume();
    });
    const proxy = await newProxy(await listen(server));
    const client = rawClient(proxy.port, "POST /s HTTP/1.1\r\nHost: p\r\nContent-Length: 9\r\n\r\nhalf");
    await asked.opened;
    client.socket.destroy();
    await gone.opened;
  });
});

describe("when the proxy is closed", () => {
  it("tapes under way are finished as interrupted, and connections end", async () => {
    const gone = gate();
    const origin = await rawServer((socket) => {
      socket.once("close", gone.open);
      socket.write(STREAM + chunk(EVENT));
    });
    const proxy = await newProxy(origin.url);
    const clients = [rawClient(proxy.port, GET), rawClient(proxy.port, GET)];
    for (const client of clients) await client.until(EVENT);
    await Promise.all([proxy.close(), proxy.close()]);
    expect(proxy.recordings.map(({ end }) => end)).toEqual(["interrupted", "interrupted"]);
    expect((await proxy.tapes(2)).map(([, end, body]) => [end, body])).toEqual([
      ["interrupted", EVENT],
      ["interrupted", EVENT],
    ]);
    for (const client of clients) {
      expect(await client.ended).toBe("closed");
      expect(client.received()).not.toContain("0\r\n\r\n");
    }
    await gone.opened;
    await expect(fetch(proxy.url)).rejects.toThrow();
  });
});
