import { once } from "node:events";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { get, request as httpRequest } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import { startProxy } from "@ssert/record";
import { openTape, verifyTape } from "@ssert/tape";
import { describe, expect, it } from "vitest";
import { CERTIFICATE, KEY } from "./certificate.ts";
import { newFolder, readTape, until, untilHolds } from "./folder.ts";
import { GET, newProxy, rawClient } from "./proxies.ts";
import { chunk, freePort, gate, httpServer, LAST_CHUNK, listen, rawServer, STREAM } from "./servers.ts";

const EVENT = "data: 1\n\n";
const stream = (body: string) =>
  httpServer((_, response) => response.writeHead(200, { "content-type": "text/event-stream" }).end(body));

describe("the proxy relays", () => {
  it("what the origin sends, as it comes, while it is on disk", async () => {
    const [first, second] = [gate(), gate()];
    const origin = await rawServer(async (socket) => {
      socket.write(STREAM);
      await first.opened;
      socket.write(chunk("data: 1\n\n"));
      await second.opened;
      socket.end(chunk("data: 2\n\n") + LAST_CHUNK);
    });
    const proxy = await newProxy(origin.url);
    const client = rawClient(proxy.port, GET);
    await client.until("200 OK");
    first.open();
    await client.until("data: 1\n\n");
    await untilHolds(join(proxy.dir, "0001-get-s.sse"), "data: 1\n\n");
    second.open();
    expect(await proxy.tapes(1)).toEqual([["0001-get-s.sse", "eof", "data: 1\n\ndata: 2\n\n"]]);
    await client.until("data: 2\n\n\r\n0\r\n\r\n");
  });

  it("what the client sends, as it comes", async () => {
    const heard = gate();
    const origin = await httpServer(async (request, response) => {
      for await (const piece of request) {
        expect(String(piece)).toBe("first");
        heard.open();
        break;
      }
      response.end("answer");
    });
    const proxy = await newProxy(origin);
    const client = rawClient(
      proxy.port,
      `POST /s HTTP/1.1\r\nHost: p\r\nTransfer-Encoding: chunked\r\n\r\n${chunk("first").toString()}`,
    );
    await heard.opened;
    client.socket.write(chunk("second") + LAST_CHUNK);
    await client.until("answer");
  });

  it.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
    "the method %s, with a body and without",
    async (method) => {
      const origin = await httpServer(async (request, response) => {
        const framing = request.headers["transfer-encoding"] ?? request.headers["content-length"] ?? "none";
        response.end(JSON.stringify([request.method, request.url, framing, await text(request)]));
      });
      const proxy = await newProxy(`${origin}/base/`);
      const without = rawClient(proxy.port, `${method} /x?a=%20b HTTP/1.1\r\nHost: p\r\n\r\n`);
      const none = ["POST", "PUT", "PATCH", "PROPFIND"].includes(method) ? "0" : "none";
      await without.until(JSON.stringify([method, "/base/x?a=%20b", none, ""]));
      const counted = rawClient(proxy.port, `${method} / HTTP/1.1\r\nHost: p\r\nContent-Length: 2\r\n\r\nhi`);
      await counted.until(JSON.stringify([method, "/base/", "2", "hi"]));
      const chunked = rawClient(
        proxy.port,
        `${method} / HTTP/1.1\r\nHost: p\r\nTransfer-Encoding: chunked\r\n\r\n${chunk("hi").toString()}${LAST_CHUNK}`,
      );
      await chunked.until(JSON.stringify([method, "/base/", "chunked", "hi"]));
    },
  );

  it("headers as they were spelled, but those of one connection", async () => {
    const origin = await rawServer((socket) =>
      socket.end(
        "HTTP/1.1 200 Fine\r\nX-Odd-Case: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nContent-Length: 2\r\n\r\nok",
      ),
    );
    const proxy = await newProxy(origin.url);
    const client = rawClient(
      proxy.port,
      "GET /s HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer k\r\nX-Two: 1\r\nX-Two: 2\r\nTE: trailers\r\nUpgrade: h2c\r\nKeep-Alive: 9\r\nProxy-Authorization: p\r\nConnection: Upgrade, X-Mine\r\nX-Mine: 1\r\n\r\n",
    );
    await client.until("\r\n\r\nok");
    expect(client.received()).toMatch(
      /^HTTP\/1.1 200 Fine\r\nX-Odd-Case: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n/,
    );
    expect(client.received()).not.toMatch(/X-Hop|Date/);
    const host = new URL(origin.url).host;
    expect(origin.received()).toBe(
      `GET /s HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer k\r\nX-Two: 1\r\nX-Two: 2\r\nConnection: keep-alive\r\n\r\n`,
    );
  });

  it("trailers", async () => {
    const origin = await rawServer((socket) =>
      socket.write(
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n${chunk("ok").toString()}0\r\nX-Sum: 9\r\n\r\n`,
      ),
    );
    const client = rawClient((await newProxy(origin.url)).port, GET);
    await client.until("0\r\nX-Sum: 9\r\n\r\n");
  });

  it("responses without a body, which do not hang", async () => {
    const origin = await httpServer((request, response) => {
      response.writeHead(Number(request.url?.slice(1)), { "content-type": "text/event-stream", "x-last": "yes" }).end();
    });
    const proxy = await newProxy(origin, { all: true });
    const client = rawClient(
      proxy.port,
      "HEAD /200 HTTP/1.1\r\nHost: p\r\n\r\nGET /204 HTTP/1.1\r\nHost: p\r\n\r\nGET /304 HTTP/1.1\r\nHost: p\r\n\r\n",
    );
    await until("all three are answered", () => client.received().match(/^HTTP/gm)?.length === 3);
    const tapes = (await proxy.tapes(3)).map(([name, end, body]) => `${name} ${end} ${body.length}`);
    expect(tapes).toEqual(["0001-head-200.sse eof 0", "0002-get-204.sse eof 0", "0003-get-304.sse eof 0"]);
  });

  it("the origin's word on Expect: 100-continue", async () => {
    const origin = await httpServer(async (request, response) => response.end(`got ${await text(request)}`));
    const proxy = await newProxy(origin);
    const client = rawClient(
      proxy.port,
      "POST /s HTTP/1.1\r\nHost: p\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n",
    );
    await client.until("HTTP/1.1 100 Continue\r\n\r\n");
    client.socket.write("hi");
    await client.until("got hi");
  });

  it("a refusal of the body that a client asked about, and closes", async () => {
    const origin = await rawServer((socket) => socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"));
    const client = rawClient(
      (await newProxy(origin.url)).port,
      "POST /s HTTP/1.1\r\nHost: p\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
    );
    expect(await client.ended).toBe("closed");
    expect(client.received()).toMatch(/^HTTP\/1.1 413 Too Large\r\n[\s\S]*no$/);
  });

  it("small and large chunks of one packet, in order and each as it was", async () => {
    // Around where a size in hex gets a digit more, and where a chunk is large enough for a write of its own.
    const sizes = [1, 9, 10, 15, 16, 17, 255, 256, 257, 2570, 4095, 4096, 4097, 5000, 1];
    const chunks = Buffer.concat([...sizes.map((size) => chunk("x".repeat(size))), Buffer.from(LAST_CHUNK)]);
    const origin = await rawServer((socket) => socket.write(Buffer.concat([Buffer.from(STREAM), chunks])));
    const client = rawClient((await newProxy(origin.url)).port, GET);
    await client.until(chunks.toString());
  });

  it("two requests that came at once, one after the other", async () => {
    const first = gate();
    const origin = await httpServer(async (request, response) => {
      if (request.url === "/1") await first.opened;
      else setImmediate(first.open);
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
      response.end(`data: ${request.url}\n\n`);
    });
    const proxy = await newProxy(origin);
    const client = rawClient(proxy.port, "GET /1 HTTP/1.1\r\nHost: p\r\n\r\nGET /2 HTTP/1.1\r\nHost: p\r\n\r\n");
    await client.until("data: /2");
    expect(client.received()).toMatch(/^HTTP[\s\S]*data: \/1\n\n\r\n0\r\n\r\nHTTP[\s\S]*data: \/2\n\n\r\n/);
  });

  it("no more than the client takes, so that memory stays bounded", async () => {
    const deltas = Buffer.concat(Array.from({ length: 64 }, () => chunk(`data: ${"x".repeat(1000)}\n\n`)));
    const total = 48 << 20; // far beyond what four socket buffers hold
    let sent = 0;
    const origin = await rawServer((socket) => {
      socket.write(STREAM);
      const send = (): void => {
        while (sent < total) {
          sent += deltas.length;
          if (!socket.write(deltas)) {
            socket.once("drain", send);
            return;
          }
        }
        socket.end(LAST_CHUNK);
      };
      send();
    });
    const client = rawClient((await newProxy(origin.url)).port, GET);
    client.socket.pause();
    // Stuck: what the origin has sent does not grow any more.
    let seen = -1;
    await until("the origin is stuck", async () => {
      const before = seen;
      seen = sent;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return before === sent && sent > 0;
    });
    expect(sent).toBeLessThan(total);
    client.socket.resume();
    await until("all of it has come", () => sent >= total);
  });

  it("an HTTP/1.0 client's request, which gets no chunked encoding", async () => {
    const proxy = await newProxy(await stream(EVENT));
    const client = rawClient(proxy.port, "GET /s HTTP/1.0\r\n\r\n");
    expect(await client.ended).toBe("closed");
    expect(client.received()).toMatch(/\r\n\r\ndata: 1\n\n$/);
  });

  it("a request target with a host in it, to the origin all the same", async () => {
    const origin = await httpServer((request, response) => response.end(`to ${request.headers.host}${request.url}`));
    const client = rawClient(
      (await newProxy(origin)).port,
      "GET http://elsewhere.invalid/x?y HTTP/1.1\r\nHost: elsewhere.invalid\r\n\r\n",
    );
    await client.until(`to ${new URL(origin).host}/x?y`);
  });

  it("to an origin with TLS", async () => {
    const server = createTlsServer({ cert: CERTIFICATE, key: KEY }, (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).end(EVENT);
    });
    const origin = (await listen(server)).replace("http:", "https:");
    const proxy = await newProxy(origin, { ca: CERTIFICATE });
    expect(await (await fetch(`${proxy.url}/s`)).text()).toBe(EVENT);
    await proxy.tapes(1);
    expect((await readTape(join(proxy.dir, "0001-get-s.sse"))).tape.header?.request?.url).toBe(`${origin}/s`);
    const untrusting = await newProxy(origin);
    const refused = await fetch(untrusting.url);
    expect([refused.status, await refused.text()]).toEqual([
      502,
      expect.stringMatching(/TLS failed.*NODE_EXTRA_CA_CERTS/),
    ]);
  });

  it("megabytes both ways, to a client and an origin that are slow, in bounded memory", async () => {
    const size = 24 << 20;
    const origin = await httpServer((request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      request.pipe(response);
    });
    const proxy = await newProxy(origin);
    const sent = httpRequest(`${proxy.url}/echo`, { method: "POST" });
    const received = once(sent, "response").then(async ([response]: AsyncIterable<Buffer>[]) => {
      let bytes = 0;
      for await (const piece of response ?? []) bytes += piece.length;
      return bytes;
    });
    sent.end(Buffer.alloc(size, "data: 0123456789\n\n"));
    expect(await received).toBe(size);
    await until("the tape is finished", () => proxy.recordings.length === 1);
    expect(proxy.recordings[0]).toMatchObject({ end: "eof", bytes: size });
    expect((await readTape(proxy.recordings[0]?.path ?? "")).tape.header?.request).not.toHaveProperty("body");
  });
});

describe("the proxy's tapes", () => {
  it("hold the exchange as the origin saw it, without secrets", async () => {
    const origin = await stream(EVENT);
    const proxy = await newProxy(`${origin}/base`, { protocol: "pokee" });
    const response = await fetch(`${proxy.url}/v1/messages?api_key=s3cret&x=1`, {
      method: "POST",
      headers: { authorization: "Bearer s3cret", "content-type": "application/json", "anthropic-version": "1" },
      body: '{"message":"hé"}',
    });
    await response.text();
    await proxy.tapes(1);
    const path = join(proxy.dir, "0001-post-v1-messages.sse");
    const { tape } = await readTape(path);
    expect(await verifyTape(tape)).toEqual([]);
    expect(tape.header).toMatchObject({
      provenance: "recorded",
      boundaries: "exact",
      protocol: "pokee",
      request: {
        method: "POST",
        url: `${origin}/base/v1/messages?api_key=redacted&x=1`,
        headers: { "content-type": "application/json", "anthropic-version": "1" },
        body: '{"message":"hé"}',
      },
      response: { status: 200, headers: { "content-type": "text/event-stream" } },
    });
    expect(await readFile(`${path}.tape`, "utf8")).not.toContain("s3cret");
    expect(proxy.recordings).toMatchObject([
      { path, end: "eof", eventStream: true, bytes: 9, chunks: 1, response: { status: 200 } },
    ]);
  });

  it("hold a request's body up to 1 MiB", async () => {
    const origin = await httpServer(async (request, response) => {
      await buffer(request);
      response.writeHead(200, { "content-type": "text/event-stream" }).end(EVENT);
    });
    const proxy = await newProxy(origin);
    for (const size of [1 << 20, (1 << 20) + 1]) {
      await (await fetch(proxy.url, { method: "POST", body: "x".repeat(size) })).text();
    }
    await proxy.tapes(2);
    const bodies = ["0001-post.sse", "0002-post.sse"].map(
      async (name) => (await openTape(join(proxy.dir, name))).header?.request?.body,
    );
    expect(await Promise.all(bodies)).toEqual(["x".repeat(1 << 20), undefined]);
  });

  it("are of event streams only, or of everything", async () => {
    const origin = await httpServer((request, response) => {
      if (request.url === "/json") response.writeHead(409, { "content-type": "application/json" }).end("{}");
      else response.writeHead(200, { "content-type": "text/event-stream" }).end(EVENT);
    });
    for (const [all, names] of [
      [false, ["0001-get-stream.sse"]],
      [true, ["0001-get-json.sse", "0002-get-stream.sse"]],
    ] as const) {
      const proxy = await newProxy(origin, { all });
      for (const path of ["/json", "/stream"]) await (await fetch(proxy.url + path)).text();
      expect((await proxy.tapes(names.length)).map(([name]) => name)).toEqual(names);
    }
  });

  it("hold decoded bytes as they come, while the client gets the encoded ones untouched", async () => {
    const dir = await newFolder();
    const encoded = [gzipSync("data: 1\n\n"), gzipSync("data: 2\n\n")];
    const origin = await rawServer(async (socket) => {
      socket.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
      );
      for (const [index, bytes] of encoded.entries()) {
        socket.write(chunk(bytes));
        await untilHolds(join(dir, "0001-get.sse"), `data: ${index + 1}\n\n`);
      }
      socket.end(LAST_CHUNK);
    });
    const proxy = await newProxy(origin.url, { dir });
    const body = await new Promise<Buffer>((resolve) => {
      get(proxy.url, { headers: { "accept-encoding": "gzip" } }, (response) => resolve(buffer(response)));
    });
    expect(origin.received()).toMatch(/accept-encoding: gzip/i);
    expect(body.equals(Buffer.concat(encoded))).toBe(true);
    expect(gunzipSync(body).toString()).toBe("data: 1\n\ndata: 2\n\n");
    expect(await proxy.tapes(1)).toEqual([["0001-get.sse", "eof", "data: 1\n\ndata: 2\n\n"]]);
    expect((await openTape(join(dir, "0001-get.sse"))).header?.boundaries).toBe("best-effort");
  });

  it("say malformed where the encoding is broken, which the client gets all the same", async () => {
    const broken = Buffer.concat([gzipSync(EVENT).subarray(0, 12), Buffer.alloc(50, 0xa5)]);
    const origin = await httpServer((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" }).end(broken);
    });
    const proxy = await newProxy(origin);
    const body = await new Promise<Buffer>((resolve) => get(proxy.url, (response) => resolve(buffer(response))));
    expect(body.equals(broken)).toBe(true);
    expect((await proxy.tapes(1))[0]?.[1]).toBe("malformed");
  });

  it("have numbers that go on after what the folder holds, and names that stay in it", async () => {
    const dir = await newFolder();
    await writeFile(join(dir, "0041-get-old.sse"), "");
    await mkdir(join(dir, "0042-get-folder"));
    const proxy = await newProxy(await stream(EVENT), { dir });
    await writeFile(join(dir, "0043-get-etc-passwd.sse"), "someone else's");
    rawClient(proxy.port, "GET /../../etc/passwd?key=s3cret HTTP/1.1\r\nHost: p\r\n\r\n");
    await until("the first is finished", () => proxy.recordings.length === 1);
    rawClient(proxy.port, `GET /%2e%2e%2fA\\..\\b/${"long/".repeat(60)} HTTP/1.1\r\nHost: p\r\n\r\n`);
    const names = (await proxy.tapes(2)).map(([name]) => name);
    expect(names).toEqual([
      "0041-get-old.sse",
      "0043-get-etc-passwd.sse",
      "0044-get-etc-passwd.sse",
      expect.stringMatching(/^0045-get-2e-2e-2fa-b-long-.*long\.sse$/),
    ]);
    expect(names.every((name) => name.length < 100)).toBe(true);
    expect(await readFile(join(dir, "0043-get-etc-passwd.sse"), "utf8")).toBe("someone else's");
  });

  it("are of streams at once, each its own", async () => {
    const origin = await httpServer((request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let event = 0; event < 20; event += 1) response.write(`data: ${request.url} ${event}\n\n`);
      response.end();
    });
    const proxy = await newProxy(origin);
    const paths = Array.from({ length: 40 }, (_, index) => `/s${index}`);
    const bodies = await Promise.all(paths.map(async (path) => (await fetch(proxy.url + path)).text()));
    const tapes = await proxy.tapes(40);
    expect(tapes.map(([, , body]) => body).toSorted()).toEqual(bodies.toSorted());
    expect(new Set(tapes.map(([name]) => name.slice(0, 4))).size).toBe(40);
  });
});

describe("the proxy lives on", () => {
  it("when the origin is down: a 502 in plain words", async () => {
    const port = await freePort();
    const proxy = await newProxy(`http://127.0.0.1:${port}`);
    for (const _ of [1, 2]) {
      const response = await fetch(`${proxy.url}/v1?key=s3cret`, { method: "POST", body: "x" });
      expect(response.status).toBe(502);
      expect(await response.text()).toBe(
        `ssert proxy: http://127.0.0.1:${port}/v1?key=redacted: nothing listens there (connect ECONNREFUSED 127.0.0.1:${port}); start the server, or check host and port\n`,
      );
    }
    expect(proxy.errors.map(({ code }) => code)).toEqual(["refused", "refused"]);
    expect(await readdir(proxy.dir)).toEqual([]);
  });

  it("when the origin closes without an answer, or answers no HTTP", async () => {
    for (const [answer, code] of [
      ["", "no-response"],
      ["SSH-2.0\r\n", "bad-response"],
    ] as const) {
      const proxy = await newProxy((await rawServer((socket) => socket.end(answer))).url);
      expect((await fetch(proxy.url)).status).toBe(502);
      expect(proxy.errors).toMatchObject([{ code }]);
    }
  });

  it("when a tape cannot be written: it relays, and says so", async () => {
    const dir = await newFolder();
    const proxy = await newProxy(await stream(EVENT), { dir: join(dir, "tapes") });
    await rm(join(dir, "tapes"), { recursive: true });
    await writeFile(join(dir, "tapes"), "in the way");
    for (const _ of [1, 2]) expect(await (await fetch(proxy.url)).text()).toBe(EVENT);
    await until("both are told", () => proxy.errors.length === 2);
    expect(proxy.errors).toMatchObject([{ code: "tape", cause: { code: "write-failed" } }, { code: "tape" }]);
    expect(proxy.recordings).toEqual([]);
  });

  it("when a client asks for a WebSocket or a tunnel, which are refused", async () => {
    const proxy = await newProxy(await stream(EVENT));
    const socket = rawClient(
      proxy.port,
      "GET / HTTP/1.1\r\nHost: p\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    );
    await socket.until("WebSocket is not relayed");
    expect(socket.received()).toMatch(/^HTTP\/1.1 501 /);
    const tunnel = rawClient(proxy.port, "CONNECT h:1 HTTP/1.1\r\nHost: h:1\r\n\r\n");
    await tunnel.until("HTTP/1.1 501 ");
    expect(await (await fetch(proxy.url)).text()).toBe(EVENT);
  });
});

describe("the proxy does not start", () => {
  it.each([
    [
      "origin",
      { origin: "api.example.com" },
      "bad-url",
      /"api.example.com" is no origin to stand before; expected http:/,
    ],
    ["origin with a key in it", { origin: "https://u:s3cret@h?key=s3cret" }, "bad-url", /^(?!.*s3cret)/],
    ["address", { host: "203.0.113.1" }, "bad-host", /cannot listen on 203.0.113.1/],
  ])("on a bad %s", async (_, options, code, message) => {
    const started = startProxy({ origin: "http://h", dir: await newFolder(), tool: "ssert 0.1.0", ...options });
    await expect(started).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("on a port in use", async () => {
    const { port } = await newProxy("http://h");
    const started = startProxy({ origin: "http://h", dir: await newFolder(), tool: "ssert 0.1.0", port });
    await expect(started).rejects.toMatchObject({
      code: "port-in-use",
      message: expect.stringContaining(`port ${port} is in use`),
    });
  });

  it("on a folder that is none", async () => {
    const file = join(await newFolder(), "file");
    await writeFile(file, "");
    const started = startProxy({ origin: "http://h", dir: file, tool: "ssert 0.1.0" });
    await expect(started).rejects.toMatchObject({ code: "bad-folder" });
  });
});
