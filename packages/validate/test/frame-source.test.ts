import { execFileSync } from "node:child_process";
import { rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import type { FrameLine, Location } from "@ssert/report";
import { frameSource, type LiveStream } from "@ssert/validate";
import { describe, expect, test } from "vitest";
import { folderOf, put } from "./folder.ts";

/** Where `mark` stands in a text, as the wire would place it. */
function placeOf(text: string, mark: string): Location {
  const index = text.indexOf(mark);
  const before = text.slice(0, index).split(/\r\n|\r|\n/);
  const column = (before.at(-1)?.replace(/^\uFEFF/, "").length ?? 0) + 1;
  return { offset: Buffer.byteLength(text.slice(0, index)), line: before.length, column };
}

async function linesOf(text: string, mark: string): Promise<readonly FrameLine[] | undefined> {
  const folder = await folderOf();
  return frameSource().lines(await put(folder, "x.sse", text), placeOf(text, mark));
}

describe("the lines around a place", () => {
  test.each([
    ["LF", "\n"],
    ["CR", "\r"],
    ["CRLF", "\r\n"],
  ])("are told apart by %s", async (_name, end) => {
    const text = ["event: a", "data: 1", "", "event: b", "data: 2", "", ""].join(end);
    expect(await linesOf(text, "2")).toEqual([
      { number: 4, text: "event: b" },
      { number: 5, text: "data: 2" },
    ]);
  });

  test("at the first line there is none before", async () => {
    expect(await linesOf("data: x\n\n", "data")).toEqual([{ number: 1, text: "data: x" }]);
  });

  test("reach back over blank lines to one that says something", async () => {
    const text = "event: a\ndata: 1\n\n";
    const folder = await folderOf();
    const end = { offset: text.length, line: 4, column: 1 };
    expect(frameSource().lines(await put(folder, "x.sse", text), end)).toEqual([
      { number: 2, text: "data: 1" },
      { number: 3, text: "" },
      { number: 4, text: "" },
    ]);
  });

  test("but not over any number of them", async () => {
    const lines = await linesOf(`data: 1\n${"\n".repeat(50)}data: 2`, "2");
    expect(lines?.map(({ number }) => number)).toEqual([49, 50, 51, 52]);
  });

  test("a byte order mark is no part of its line", async () => {
    expect(await linesOf("\uFEFFdata: x\n", "data")).toEqual([{ number: 1, text: "data: x" }]);
  });

  test("ill-formed UTF-8 is shown as decoders make it", async () => {
    const folder = await folderOf({ "x.sse": Buffer.from("data: a\xffb\n", "latin1") });
    const lines = frameSource().lines(join(folder, "x.sse"), { offset: 6, line: 1, column: 7 });
    expect(lines).toEqual([{ number: 1, text: "data: a\uFFFDb" }]);
  });
});

describe("of a line of megabytes", () => {
  const cell = "0123456789é"; // 12 bytes, 11 columns
  const text = `event: a\ndata: ${cell.repeat(100_000)}MARK${cell.repeat(100_000)}\n\n`;

  test("the part around the place is read, and says which columns it has", async () => {
    const [line, ...rest] = (await linesOf(text, "MARK")) ?? [];
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ number: 2, more: true });
    expect(line?.text.length).toBeLessThan(10_000);
    const { column } = placeOf(text, "MARK");
    expect(line?.text.slice(column - (line.column ?? 1))).toMatch(/^MARK0123/);
    expect(line?.text).not.toContain("\uFFFD");
  });

  test("characters that the window would cut are left out, wherever it begins and ends", async () => {
    for (let shift = 0; shift < 6; shift++) {
      const shifted = `data: ${"x".repeat(shift)}${"世é".repeat(5000)}MARK${"世é".repeat(5000)}`;
      const [line] = (await linesOf(shifted, "MARK")) ?? [];
      expect(line?.text).toMatch(/^[世é]+MARK[世é]+$/u);
      expect(line?.text.indexOf("MARK")).toBe(placeOf(shifted, "MARK").column - (line?.column ?? 1));
    }
  });

  test("its beginning has the line before, and goes on", async () => {
    const lines = await linesOf(text, "data");
    expect(lines).toMatchObject([
      { number: 1, text: "event: a" },
      { number: 2, more: true },
    ]);
    expect(lines?.[1]?.column).toBeUndefined();
  });

  test("its end does not go on", async () => {
    const end = `data: ${cell.repeat(100_000)}END`;
    const [line] = (await linesOf(end, "END")) ?? [];
    expect(line?.text.endsWith("END")).toBe(true);
    expect(line).not.toHaveProperty("more");
  });
});

describe("there are no lines", () => {
  const place = { offset: 100, line: 3, column: 1 };

  test("of a file that has vanished or shrunk since", async () => {
    const folder = await folderOf({ "x.sse": "data: x\n".repeat(1000) });
    const path = join(folder, "x.sse");
    await truncate(path, 10);
    expect(frameSource().lines(path, { offset: 7000, line: 800, column: 1 })).toBeUndefined();
    await rm(path);
    expect(frameSource().lines(path, place)).toBeUndefined();
    expect(frameSource().lines(folder, place)).toBeUndefined();
  });

  test("of a pipe, which is not waited for", async ({ skip }) => {
    skip(process.platform === "win32", "this system has no named pipes");
    const makePipe = "mkfifo"; // POSIX, so no dependency to declare
    const path = join(await folderOf(), "pipe");
    execFileSync(makePipe, [path]);
    expect(frameSource().lines(path, place)).toBeUndefined();
  });

  test("of standard input that was not kept", () => {
    expect(frameSource().lines("-", place)).toBeUndefined();
  });
});

describe("standard input", () => {
  async function* chunksOf(text: string, length: number): AsyncIterable<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  }

  test("passes as it is, and its lines are those of a file with the same bytes", async () => {
    const text = `event: a\ndata: é1\n\n${"event: b\ndata: é2\n\n".repeat(500)}event: c\ndata: MARK\n`;
    const frames = frameSource();
    const passed: Uint8Array[] = [];
    for await (const chunk of frames.keep(chunksOf(text, 7))) passed.push(chunk);
    expect(Buffer.concat(passed).toString()).toBe(text);
    expect(frames.lines("-", placeOf(text, "MARK"))).toEqual(await linesOf(text, "MARK"));
    expect(frames.lines("-", placeOf(text, "é1"))).toEqual(await linesOf(text, "é1"));
  });

  test("with a line of megabytes is cut like a file's", async () => {
    const text = `data: ${"x".repeat(100_000)}MARK${"x".repeat(100_000)}END`;
    const frames = frameSource();
    for await (const _ of frames.keep(chunksOf(text, 5000)));
    for (const mark of ["data", "MARK", "END"]) {
      expect(frames.lines("-", placeOf(text, mark))).toEqual(await linesOf(text, mark));
    }
  });

  test("is kept up to a bound: what lies beyond has no lines", async () => {
    const block = Buffer.alloc(64 * 1024, "data: xyz\n");
    const frames = frameSource();
    async function* blocks(): AsyncIterable<Uint8Array> {
      for (let count = 0; count < 300; count++) yield block;
    }
    let bytes = 0;
    for await (const chunk of frames.keep(blocks())) bytes += chunk.length;
    expect(bytes).toBe(300 * block.length);
    expect(frames.lines("-", { offset: 1_000_000, line: 100_001, column: 1 })).toHaveLength(2);
    expect(frames.lines("-", { offset: 9_000_000, line: 900_001, column: 1 })).toBeUndefined();
  });

  test("may be reused by its reader: what is kept is a copy", async () => {
    const frames = frameSource();
    async function* reused(): AsyncIterable<Uint8Array> {
      const buffer = Buffer.from("data: 1\n");
      yield buffer;
      buffer.write("data: 2\n");
      yield buffer;
    }
    for await (const _ of frames.keep(reused()));
    expect(frames.lines("-", { offset: 8, line: 2, column: 1 })?.map(({ text }) => text)).toEqual([
      "data: 1",
      "data: 2",
    ]);
  });
});

describe("a URL", () => {
  const URL_NAME = "https://a.example/x";
  type Item = { readonly bytes: Uint8Array; readonly afterUs: number };

  function live(items: readonly Item[], onReturn = (): void => {}): LiveStream {
    const iterator = (): AsyncIterator<Item> => {
      const left = [...items];
      return {
        async next() {
          const value = left.shift();
          return value === undefined ? { done: true, value } : { done: false, value };
        },
        async return() {
          onReturn();
          return { done: true, value: undefined };
        },
      };
    };
    const response = { status: 200, headers: {} };
    return { response, chunks: { [Symbol.asyncIterator]: iterator }, ended: () => ({ end: "eof", elapsedUs: 9 }) };
  }
  async function all<T>(chunks: AsyncIterable<T>): Promise<T[]> {
    const items: T[] = [];
    for await (const item of chunks) items.push(item);
    return items;
  }
  const chunk = (text: string, afterUs: number): Item => ({ bytes: new TextEncoder().encode(text), afterUs });

  test("passes as it is, has frames, and can be read again with its times", async () => {
    const items = [chunk("data: 1\n\nda", 10), chunk("ta: 2\n\n", 25)];
    const frames = frameSource();
    expect(await all(frames.keepLive(URL_NAME, live(items)).chunks)).toEqual(items);
    const again = frames.keptLive(URL_NAME);
    expect(again && (await all(again.chunks))).toEqual(items);
    expect(again?.ended()).toEqual({ end: "eof", elapsedUs: 9 });
    expect(frames.lines(URL_NAME, { offset: 9, line: 3, column: 1 })?.map(({ text }) => text)).toEqual([
      "data: 1",
      "",
      "data: 2",
    ]);
  });

  test("is let go of when its reader has enough", async () => {
    let returned = false;
    const stream = live([chunk("a", 1), chunk("b", 1)], () => {
      returned = true;
    });
    for await (const _ of frameSource().keepLive(URL_NAME, stream).chunks) break;
    expect(returned).toBe(true);
  });

  test("that shares its name with another has no frames", async () => {
    const frames = frameSource();
    for (let twice = 0; twice < 2; twice++) await all(frames.keepLive(URL_NAME, live([chunk("data: 1\n", 1)])).chunks);
    expect(frames.keptLive(URL_NAME)).toBeUndefined();
    expect(frames.lines(URL_NAME, { offset: 0, line: 1, column: 1 })).toBeUndefined();
  });

  test("is kept up to a bound that all share", async () => {
    const frames = frameSource();
    const large = { bytes: new Uint8Array(5 * 1024 * 1024), afterUs: 1 };
    let bytes = 0;
    for (const name of ["https://a.example/1", "https://a.example/2", "https://a.example/3"]) {
      await all(frames.keepLive(name, live([large, chunk("data: 1\n", 1)])).chunks);
      for (const kept of await all(frames.keptLive(name)?.chunks ?? live([]).chunks)) bytes += kept.bytes.length;
    }
    expect(bytes).toBe(8 * 1024 * 1024);
  });
});
