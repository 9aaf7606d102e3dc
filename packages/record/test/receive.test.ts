import { readdirSync } from "node:fs";
import { RecordError, receive } from "@ssert/record";
import { describe, expect, test } from "vitest";
import { chunk, LAST_CHUNK, rawServer, STREAM } from "./servers.ts";

const tool = "ssert 0.0.0";

describe("a response that is received without a tape", () => {
  test("is told as it comes, with its times, and how it ended; no file is made", async () => {
    const files = readdirSync(".");
    const server = await rawServer((socket) => {
      socket.write(STREAM);
      socket.write(chunk("data: 1\n\n"));
      socket.end(LAST_CHUNK);
    });
    const told: unknown[] = [];
    const reception = await receive({
      url: server.url,
      tool,
      clock: { now: () => 7, date: () => new Date(0) },
      onResponse: ({ status }, location) => told.push(status, location),
      onChunk: (bytes, atUs) => told.push(Buffer.from(bytes).toString(), atUs),
    });
    expect(told).toEqual([200, undefined, "data: 1\n\n", 0]);
    expect(reception).toMatchObject({ end: "eof", eventStream: true, bytes: 9, chunks: 1, elapsedUs: 0 });
    expect(reception).not.toHaveProperty("path");
    expect(readdirSync(".")).toEqual(files);
  });

  test("tells where a redirect leads, and does not go there", async () => {
    const server = await rawServer((socket) => {
      socket.end("HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n");
    });
    const told: unknown[] = [];
    const onResponse = (response: { status: number }, location: string | undefined): void => {
      told.push(response.status, location);
    };
    await receive({ url: server.url, tool, onResponse });
    expect(told).toEqual([302, "/there"]);
    expect(server.connections()).toBe(1);
  });

  test("and never comes: the message speaks of no tape", async () => {
    const server = await rawServer(() => {});
    const failed = receive({ url: server.url, tool, maxTimeMs: 50 });
    await expect(failed).rejects.toThrow(RecordError);
    await expect(failed).rejects.toThrow("no answer came in time; allow more (--max-time)");
  });
});
