import { access, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RecordError, type RecordOptions, record } from "@ssert/record";
import { TapeError } from "@ssert/tape";
import { describe, expect, it } from "vitest";
import { newFolder, readTape, untilHolds } from "./folder.ts";
import { chunk, freePort, gate, httpServer, LAST_CHUNK, rawServer, STREAM } from "./servers.ts";

const TOOL = "ssert 0.1.0";

async function newOptions(url: string, options: Partial<RecordOptions> = {}): Promise<RecordOptions> {
  return { url, output: join(await newFolder(), "x.sse"), tool: TOOL, ...options };
}

describe("a live stream becomes a tape", () => {
  it("with its bytes, its chunks and their times", async () => {
    let nowUs = 5_000_000;
    const clock = { now: () => nowUs, date: () => new Date("2026-08-01T09:30:00Z") };
    const taped = [gate(), gate(), gate()];
    const server = await rawServer(async (socket) => {
      socket.write(STREAM);
      for (const [index, text] of ["event: a\nda", "ta: é", "\n\n"].entries()) {
        await (index === 0 ? answered.opened : taped[index - 1]?.opened);
        nowUs += 1500.4;
        socket.write(chunk(text));
      }
      await taped[2]?.opened;
      nowUs += 10;
      socket.end(LAST_CHUNK);
    });
    const answered = gate();
    const times: number[] = [];
    const recording = await record(
      await newOptions(server.url, {
        clock,
        onResponse: answered.open,
        onChunk: (_, atUs) => taped[times.push(atUs) - 1]?.open(),
      }),
    );
    const { tape, chunks } = await readTape(recording.path);
    expect(times).toEqual([1500, 3001, 4501]);
    expect(chunks).toEqual([
      [1500, "event: a\nda"],
      [1501, "ta: é"],
      [1500, "\n\n"],
    ]);
    expect(tape.header).toMatchObject({ recordedAt: "2026-08-01T09:30:00.000Z", tool: TOOL, boundaries: "exact" });
    expect(recording).toMatchObject({ end: "eof", eventStream: true, bytes: 19, chunks: 3, elapsedUs: 4511 });
  });

  it("that is on disk while the stream goes on", async () => {
    const options = await newOptions("");
    const server = await rawServer(async (socket) => {
      socket.write(STREAM + chunk("data: 1\n\n"));
      await untilHolds(options.output, "data: 1\n\n");
      await untilHolds(`${options.output}.tape`, ",9]\n");
      socket.write(chunk("data: 2\n\n"));
      await untilHolds(options.output, "data: 2\n\n");
      socket.end(LAST_CHUNK);
    });
    expect(await record({ ...options, url: server.url })).toMatchObject({ end: "eof", chunks: 2 });
  });

  it("whole, when it is long and faster than the disk", async () => {
    const block = Buffer.alloc(1 << 20, "data: 0123456789\n\n");
    const url = await httpServer(async (_, response) => {
      for (let sent = 0; sent < 48; sent += 1) {
        if (!response.write(block)) await new Promise((resolve) => response.once("drain", resolve));
      }
      response.end();
    });
    const recording = await record(await newOptions(url));
    expect(recording).toMatchObject({ end: "eof", bytes: 48 << 20 });
    expect((await stat(recording.path)).size).toBe(48 << 20);
  });

  it("also when the response is no event stream", async () => {
    const url = await httpServer((_, response) => {
      response.writeHead(409, { "content-type": "application/json", "retry-after": "3" }).end('{"error":"busy"}');
    });
    const recording = await record(await newOptions(url));
    expect(recording).toMatchObject({ end: "eof", eventStream: false, response: { status: 409 } });
    const { tape, text } = await readTape(recording.path);
    expect(text).toBe('{"error":"busy"}');
    expect(tape.header?.response?.headers).toMatchObject({ "content-type": "application/json", "retry-after": "3" });
  });

  it("also when it is a redirect, which is not followed", async () => {
    let requests = 0;
    const url = await httpServer((_, response) => {
      requests += 1;
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    expect((await record(await newOptions(url))).response.status).toBe(302);
    expect(requests).toBe(1);
  });

  it.each([
    ["HEAD", 200],
    ["GET", 204],
    ["GET", 304],
  ])("also when it has no body: %s %i", async (method, status) => {
    const url = await httpServer((_, response) => {
      response.writeHead(status, { "content-type": "text/event-stream", "content-encoding": "gzip" }).end();
    });
    expect(await record(await newOptions(url, { method }))).toMatchObject({
      end: "eof",
      bytes: 0,
      response: { status },
    });
  });
});

describe("the request", () => {
  it("is curl-like: GET, or POST with a body; nothing encoded; what the user sets wins", async () => {
    const server = await rawServer((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
    await record(await newOptions(`${server.url}/a?b=c`));
    expect(server.received()).toMatch(/^GET \/a\?b=c HTTP\/1.1\r\n/);
    expect(server.received()).toMatch(
      /\r\naccept: text\/event-stream, \*\/\*;q=0.5\r\naccept-encoding: identity\r\nuser-agent: ssert\/0.1.0\r\n/,
    );
    await record(await newOptions(server.url, { body: '{"a":"é"}', headers: { Accept: "text/plain" } }));
    expect(server.received()).toMatch(/POST \/ HTTP\/1.1\r\naccept: text\/plain\r\n/);
    expect(server.received()).toMatch(/\r\ncontent-type: application\/json\r\ncontent-length: 10\r\n/);
  });

  it("is on the tape, without its secrets", async () => {
    const server = await rawServer((socket) =>
      socket.end("HTTP/1.1 200 OK\r\nSet-Cookie: s3cret\r\nX-Request-Id: r1\r\n\r\n"),
    );
    const url = `${server.url.replace("//", "//user:s3cret@")}/v1?api_key=s3cret&stream=true`;
    const headers = {
      Authorization: "Bearer s3cret",
      Cookie: "s3cret",
      "X-Api-Key": "s3cret",
      "Anthropic-Version": "1",
    };
    const { path } = await record(await newOptions(url, { headers, body: "hi", protocol: "pokee" }));
    expect(server.received()).toContain("api_key=s3cret");
    const { tape } = await readTape(path);
    expect(tape.header).toMatchObject({
      protocol: "pokee",
      request: {
        method: "POST",
        url: `${server.url}/v1?api_key=redacted&stream=true`,
        headers: { "anthropic-version": "1", "accept-encoding": "identity" },
        body: "hi",
      },
      response: { status: 200, headers: { "x-request-id": "r1" } },
    });
    expect(await readFile(`${path}.tape`, "utf8")).not.toContain("s3cret");
  });

  it("keeps a body that is no text as base64", async () => {
    const server = await rawServer((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
    const { path } = await record(await newOptions(server.url, { body: Uint8Array.of(0xff) }));
    expect((await readTape(path)).tape.header?.request?.body).toEqual({ base64: "/w==" });
  });
});

describe("nothing is recorded", () => {
  const failing: [string, () => Promise<string>, string, RegExp, Partial<RecordOptions>?][] = [
    [
      "a host without a name",
      async () => "http://nowhere.invalid/",
      "dns",
      /nowhere.invalid\/: the host name is not known.*check/,
    ],
    [
      "a port without a server",
      async () => `http://127.0.0.1:${await freePort()}`,
      "refused",
      /nothing listens there.*start the server/,
    ],
    ["no URL", async () => "api.example.com/v1", "bad-url", /"api.example.com\/v1" is no URL of HTTP; expected http:/],
    ["a URL of something else", async () => "ftp://h/", "bad-url", /expected http:/],
    [
      "TLS with a server that has none",
      async () => (await httpServer(() => {})).replace("http", "https"),
      "tls",
      /TLS failed.*https:\/\/ against/,
    ],
    [
      "a close without an answer",
      async () => (await rawServer((socket) => socket.end())).url,
      "no-response",
      /closed before an answer/,
    ],
    [
      "an answer that is no HTTP",
      async () => (await rawServer((socket) => socket.end("SSH-2.0\r\n"))).url,
      "bad-response",
      /is no HTTP\/1.1/,
    ],
    [
      "an answer that takes too long",
      async () => (await rawServer(() => {})).url,
      "timeout",
      /in time/,
      { maxTimeMs: 50 },
    ],
    [
      "a signal that is aborted already",
      async () => (await rawServer(() => {})).url,
      "aborted",
      /stopped/,
      { signal: AbortSignal.abort() },
    ],
    [
      "a header that HTTP does not allow",
      async () => "http://h/",
      "bad-request",
      /mend it/,
      { headers: { "a b": "c" } },
    ],
  ];

  it.each(failing)("from %s, and no file is left behind", async (_, url, code, message, more) => {
    const options = await newOptions(await url(), more);
    const recorded = record(options);
    await expect(recorded).rejects.toBeInstanceOf(RecordError);
    await expect(recorded).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(access(options.output)).rejects.toThrow("ENOENT");
    await expect(access(`${options.output}.tape`)).rejects.toThrow("ENOENT");
  });

  it("over a tape that is there, before anything is sent", async () => {
    const server = await rawServer((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
    const options = await newOptions(server.url);
    await record(options);
    await expect(record(options)).rejects.toMatchObject({ code: "exists" });
    await expect(record({ ...options, output: "x.txt" })).rejects.toBeInstanceOf(TapeError);
    expect(server.connections()).toBe(1);
    expect(await record({ ...options, force: true })).toMatchObject({ end: "eof" });
  });

  it("and a tape that is there survives a failed attempt with force", async () => {
    const options = await newOptions(`http://127.0.0.1:${await freePort()}`, { force: true });
    await writeFile(options.output, "precious");
    await expect(record(options)).rejects.toMatchObject({ code: "refused" });
    expect(await readFile(options.output, "utf8")).toBe("precious");
  });

  it("where the tape cannot be written, and the stream is left", async () => {
    const left = gate();
    const server = await rawServer((socket) => {
      socket.once("close", left.open);
      socket.write(STREAM + chunk("data: 1\n\n"));
    });
    const options = await newOptions(server.url);
    await writeFile(join(options.output, "..", "file"), "");
    const output = join(options.output, "..", "file", "x.sse");
    await expect(record({ ...options, output })).rejects.toMatchObject({ code: "write-failed" });
    await left.opened;
  });
});
