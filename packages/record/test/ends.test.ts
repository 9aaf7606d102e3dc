import { join } from "node:path";
import { type Recording, type RecordOptions, record } from "@ssert/record";
import { verifyTape } from "@ssert/tape";
import { describe, expect, it } from "vitest";
import { newFolder, readTape } from "./folder.ts";
import { chunk, gate, LAST_CHUNK, rawServer, STREAM, type TestServer } from "./servers.ts";

const EVENT = "data: 1\n\n";

/** Records one exchange with the server, which may wait for `taped`: its first chunk has arrived. */
async function recordFrom(
  server: TestServer,
  taped: () => void,
  options: Partial<RecordOptions> = {},
): Promise<Recording> {
  const output = join(await newFolder(), "x.sse");
  return await record({ url: server.url, output, tool: "ssert 0.1.0", onChunk: () => taped(), ...options });
}

/** The end that the recording and its tape agree on, and what the tape holds. */
async function endOf(recording: Recording): Promise<[string, string]> {
  const { tape, text } = await readTape(recording.path);
  expect(await verifyTape(tape)).toEqual([]);
  expect(tape.trailer).toMatchObject({ end: recording.end, bytes: recording.bytes, elapsedUs: recording.elapsedUs });
  return [recording.end, text];
}

describe("a stream ends by the server as", () => {
  it.each([
    ["the last chunk", STREAM + chunk(EVENT) + LAST_CHUNK],
    ["the length that was promised", `HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n${EVENT}`],
    ["the close of the connection, where nothing else was promised", `HTTP/1.1 200 OK\r\n\r\n${EVENT}`],
    ["the close of an HTTP/1.0 connection", `HTTP/1.0 200 OK\r\n\r\n${EVENT}`],
  ])("eof: %s", async (_, response) => {
    const server = await rawServer((socket) => socket.end(response));
    expect(await endOf(await recordFrom(server, () => {}))).toEqual(["eof", EVENT]);
  });

  it.each([
    ["chunked encoding without its last chunk", STREAM + chunk(EVENT)],
    ["a chunk that is cut itself", `${STREAM}fff\r\n${EVENT}`],
    ["fewer bytes than were promised", `HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n${EVENT}`],
  ])("cut: %s", async (_, response) => {
    const server = await rawServer((socket) => socket.end(response));
    expect(await endOf(await recordFrom(server, () => {}))).toEqual(["cut", EVENT]);
  });

  it.each([
    ["in chunked encoding", STREAM + chunk(EVENT)],
    ["of a body that ends with the connection", `HTTP/1.1 200 OK\r\n\r\n${EVENT}`],
    ["of a body of known length", `HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n${EVENT}`],
  ])("reset: the connection, %s", async (_, response) => {
    const taped = gate();
    const server = await rawServer(async (socket) => {
      socket.write(response);
      await taped.opened;
      socket.resetAndDestroy();
    });
    expect(await endOf(await recordFrom(server, taped.open))).toEqual(["reset", EVENT]);
  });

  it.each([
    ["with the next packet", false],
    ["with the packet of the headers", true],
  ])("malformed: bytes that are no chunk come %s", async (_, together) => {
    const taped = gate();
    const server = await rawServer(async (socket) => {
      socket.write(STREAM + chunk(EVENT) + (together ? "zzz\r\n" : ""));
      await taped.opened;
      socket.write("zzz\r\n");
    });
    const [end, text] = await endOf(await recordFrom(server, taped.open));
    expect(end).toBe("malformed");
    expect(["", EVENT]).toContain(text);
    if (!together) expect(text).toBe(EVENT);
  });
});

describe("a stream ends by the recorder as", () => {
  /** A stream of one event that never ends. */
  const endless = () => rawServer((socket) => socket.write(STREAM + chunk(EVENT)));

  it("timeout: the whole took too long", async () => {
    expect(await endOf(await recordFrom(await endless(), () => {}, { maxTimeMs: 200 }))).toEqual(["timeout", EVENT]);
  });

  it("timeout: nothing came for too long", async () => {
    expect(await endOf(await recordFrom(await endless(), () => {}, { idleTimeoutMs: 50 }))).toEqual(["timeout", EVENT]);
  });

  it("timeout: nothing came after the headers", async () => {
    const server = await rawServer((socket) => socket.write(STREAM));
    expect(await endOf(await recordFrom(server, () => {}, { idleTimeoutMs: 50 }))).toEqual(["timeout", ""]);
  });

  it("client: the signal was aborted", async () => {
    const stop = new AbortController();
    const recording = await recordFrom(await endless(), () => stop.abort(), { signal: stop.signal });
    expect(await endOf(recording)).toEqual(["client", EVENT]);
  });

  it("limit: more came than was asked for, and none of it is kept", async () => {
    expect(await endOf(await recordFrom(await endless(), () => {}, { maxBytes: 4 }))).toEqual(["limit", "data"]);
    const two = await rawServer((socket) => socket.write(STREAM + chunk(EVENT) + chunk(EVENT)));
    expect(await endOf(await recordFrom(two, () => {}, { maxBytes: 9 }))).toEqual(["limit", EVENT]);
  });

  it("eof, if exactly as much came as was asked for", async () => {
    const server = await rawServer((socket) => socket.end(STREAM + chunk(EVENT) + LAST_CHUNK));
    expect(await endOf(await recordFrom(server, () => {}, { maxBytes: 9 }))).toEqual(["eof", EVENT]);
  });

  it("interrupted: the program that records threw, and is told so", async () => {
    const output = join(await newFolder(), "x.sse");
    const onChunk = (): never => {
      throw new Error("no more of this");
    };
    const { url } = await endless();
    await expect(record({ url, output, tool: "ssert 0.1.0", onChunk })).rejects.toThrow("no more of this");
    expect((await readTape(output)).tape.trailer).toMatchObject({ end: "interrupted", bytes: 9 });
  });
});
