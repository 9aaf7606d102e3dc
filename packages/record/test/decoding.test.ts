import { once } from "node:events";
import { join } from "node:path";
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { type Recording, record } from "@ssert/record";
import { describe, expect, it } from "vitest";
import { newFolder, readTape, untilHolds } from "./folder.ts";
import { chunk, httpServer, LAST_CHUNK, rawServer } from "./servers.ts";

const TEXT = "event: a\ndata: 1\n\n".repeat(500);

async function recordFrom(url: string): Promise<Recording> {
  return await record({
    url,
    output: join(await newFolder(), "x.sse"),
    tool: "ssert 0.1.0",
    headers: { "Accept-Encoding": "gzip" },
  });
}

/** A server of one body in a content-coding. */
function encoded(coding: string, body: Uint8Array): Promise<string> {
  return httpServer((_, response) => response.writeHead(200, { "content-encoding": coding }).end(body));
}

const codings: [string, string, (text: string) => Uint8Array, () => Transform][] = [
  ["gzip", "gzip", zlib.gzipSync, () => zlib.createGzip({ flush: zlib.constants.Z_SYNC_FLUSH })],
  ["gzip by another name", "X-GZIP", zlib.gzipSync, () => zlib.createGzip({ flush: zlib.constants.Z_SYNC_FLUSH })],
  ["deflate", "deflate", zlib.deflateSync, () => zlib.createDeflate({ flush: zlib.constants.Z_SYNC_FLUSH })],
  ["bare deflate", "deflate", zlib.deflateRawSync, () => zlib.createDeflateRaw({ flush: zlib.constants.Z_SYNC_FLUSH })],
  [
    "brotli",
    "br",
    zlib.brotliCompressSync,
    () => zlib.createBrotliCompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH }),
  ],
];
if ("zstdCompressSync" in zlib) {
  codings.push([
    "zstd",
    "zstd",
    zlib.zstdCompressSync,
    () => zlib.createZstdCompress({ flush: zlib.constants.ZSTD_e_flush }),
  ]);
}

describe.each(codings)("a body in %s", (_, coding, encode, createEncoder) => {
  it("is decoded for the tape", async () => {
    const recording = await recordFrom(await encoded(coding, encode(TEXT)));
    expect(recording).toMatchObject({ end: "eof", bytes: TEXT.length });
    const { tape, text } = await readTape(recording.path);
    expect(text).toBe(TEXT);
    expect(tape.header).toMatchObject({
      boundaries: "best-effort",
      response: { headers: { "content-encoding": coding } },
    });
  });

  it("is on the tape while it comes", async () => {
    const output = join(await newFolder(), "x.sse");
    const url = await httpServer(async (_, response) => {
      const encoder = createEncoder();
      response.writeHead(200, { "content-encoding": coding });
      encoder.pipe(response);
      for (const event of ["data: 1\n\n", "data: 2\n\n"]) {
        encoder.write(event);
        await untilHolds(output, event);
      }
      encoder.end();
    });
    const recording = await record({ url, output, tool: "ssert 0.1.0" });
    expect(recording).toMatchObject({ end: "eof", bytes: 18, chunks: 2 });
  });

  it("is malformed where it is broken, and what came before is kept", async () => {
    const url = await encoded(coding, Buffer.concat([encode(TEXT).subarray(0, 20), Buffer.alloc(100, 0xa5)]));
    expect((await recordFrom(url)).end).toBe("malformed");
  });

  it("is malformed where HTTP calls it whole and it is not", async () => {
    expect((await recordFrom(await encoded(coding, encode(TEXT).subarray(0, -6)))).end).toBe("malformed");
  });

  it("stays a cut where the connection was cut in its middle", async () => {
    const half = encode(TEXT).subarray(0, -6);
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const server = await rawServer((socket) => socket.end(Buffer.concat([Buffer.from(head), chunk(half)])));
    expect((await recordFrom(server.url)).end).toBe("cut");
  });
});

describe("a body in a coding that is not known", () => {
  it.each(["compress", "gzip, br"])("is kept as it came, and malformed: %s", async (coding) => {
    const recording = await recordFrom(await encoded(coding, Buffer.from("as it came")));
    expect([recording.end, (await readTape(recording.path)).text]).toEqual(["malformed", "as it came"]);
  });
});

describe("a body in several members of gzip", () => {
  it("is decoded to its end, and what follows it is not content", async () => {
    const head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
    const server = await rawServer(async (socket) => {
      const send = async (bytes: string | Uint8Array): Promise<void> => {
        if (!socket.write(bytes)) await once(socket, "drain");
      };
      await send(head);
      for (const text of ["data: 1\n\n", "data: 2\n\n"]) await send(chunk(zlib.gzipSync(text)));
      await send(chunk("\0\0\0\0"));
      socket.end(LAST_CHUNK);
    });
    const recording = await recordFrom(server.url);
    expect([recording.end, (await readTape(recording.path)).text]).toEqual(["eof", "data: 1\n\ndata: 2\n\n"]);
  });
});
