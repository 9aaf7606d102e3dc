import { appendFile, mkdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTape, openTape, type TapeEnd } from "@ssert/tape";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appendAll, chunksOf, HEADER, newFolder, textsOf } from "./folder.ts";

/** A finished tape of three chunks; returns its path. */
async function poem(): Promise<string> {
  const path = join(await newFolder(), "poem.sse");
  const tape = await createTape(path, HEADER);
  await appendAll(tape, [
    [1000, "data: 1\n\n"],
    [20, "data"],
    [30, ": 2\n\n"],
  ]);
  await tape.finish("eof", 1100);
  return path;
}

/** Rewrites `NAME.sse.tape`. */
async function rewrite(path: string, change: (lines: string) => string): Promise<void> {
  await writeFile(`${path}.tape`, change(await readFile(`${path}.tape`, "utf8")));
}

const HEADER_LINE = `${JSON.stringify(HEADER)}\n`;

describe("a finished tape", () => {
  it("opens under either of its names", async () => {
    const path = await poem();
    for (const name of [path, `${path}.tape`]) {
      const tape = await openTape(name);
      expect(tape).toMatchObject({ path, header: HEADER, state: "finished", bytes: 18 });
      expect(tape.trailer).toMatchObject({ end: "eof", bytes: 18, elapsedUs: 1100, redacted: 0 });
    }
  });

  it.each<TapeEnd>(["eof", "cut", "reset", "timeout", "limit", "client", "malformed", "interrupted"])(
    "says that it ended as %s",
    async (end) => {
      const path = join(await newFolder(), "x.sse");
      await (await createTape(path, HEADER)).finish(end, 1);
      expect((await openTape(path)).trailer?.end).toBe(end);
    },
  );

  it("gives its chunks, as often as asked", async () => {
    const tape = await openTape(await poem());
    for (const _ of [1, 2]) {
      expect(await textsOf(tape)).toEqual([
        [1000, "data: 1\n\n"],
        [20, "data"],
        [30, ": 2\n\n"],
      ]);
    }
  });

  it("gives back any chunks that were appended", async () => {
    const folder = await newFolder();
    let names = 0;
    const chunk = fc.tuple(
      fc.nat(5_000_000),
      fc.oneof(
        fc.uint8Array({ minLength: 1 }),
        fc.nat(200_000).map((n) => new Uint8Array(n + 1).fill(n)),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(chunk), fc.option(fc.string({ unit: "binary" })), async (appended, body) => {
        names += 1;
        const request = { method: "POST", url: "http://h/", headers: {}, ...(body !== null && { body }) };
        const tape = await createTape(join(folder, `${names}.sse`), { ...HEADER, request });
        await appendAll(tape, appended);
        await tape.finish("eof", 1);
        const opened = await openTape(tape.path);
        expect(opened.header?.request).toEqual(request);
        const chunks = await chunksOf(opened);
        expect(chunks.map(({ afterUs, bytes }) => [afterUs, Buffer.from(bytes)])).toEqual(
          appended.map(([afterUs, bytes]) => [afterUs, Buffer.from(bytes)]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("opens with a header longer than a block, and with more chunk lines than a block holds", async () => {
    const path = join(await newFolder(), "long.sse");
    const request = { method: "POST", url: "http://h/", headers: {}, body: "ü".repeat(300_000) };
    const tape = await createTape(path, { ...HEADER, request });
    await appendAll(
      tape,
      Array.from({ length: 30_000 }, (_, index) => [index, "x"]),
    );
    await tape.finish("eof", 1);
    const opened = await openTape(path);
    expect(opened.header?.request?.body).toHaveLength(300_000);
    const chunks = await chunksOf(opened);
    expect(chunks.map((chunk) => chunk.afterUs)).toEqual(Array.from({ length: 30_000 }, (_, index) => index));
  });

  it("hands a huge chunk over in pieces, of which the first has the time", async () => {
    const path = join(await newFolder(), "huge.sse");
    const tape = await createTape(path, HEADER);
    await appendAll(tape, [[9, new Uint8Array(16 * 1024 * 1024 + 1)]]);
    await tape.finish("eof", 1);
    const chunks = await chunksOf(await openTape(path));
    expect(chunks.map(({ afterUs, bytes }) => [afterUs, bytes.length])).toEqual([
      [9, 16 * 1024 * 1024],
      [0, 1],
    ]);
  });

  it("survives git's autocrlf in its lines, and an editor that drops the last line end", async () => {
    const path = await poem();
    await rewrite(path, (lines) => lines.trimEnd().replaceAll("\n", "\r\n"));
    const tape = await openTape(path);
    expect(tape.state).toBe("finished");
    expect(await textsOf(tape)).toHaveLength(3);
  });

  it("may hold what a later writer of this format adds", async () => {
    const path = await poem();
    await rewrite(path, (lines) => lines.replace('"ssert":1', '"ssert":1,"mood":"sunny"'));
    expect((await openTape(path)).header).toEqual(HEADER);
  });
});

describe("a bare .sse", () => {
  it("is one untimed stream of bytes, in blocks", async () => {
    const path = join(await newFolder(), "dump.sse");
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 256));
    await writeFile(path, bytes);
    const tape = await openTape(path);
    expect(tape).toMatchObject({ state: "bare", header: undefined, trailer: undefined, bytes: 200_000 });
    const chunks = await chunksOf(tape);
    expect(chunks.every((chunk) => chunk.afterUs === undefined)).toBe(true);
    expect(Buffer.concat(chunks.map((chunk) => chunk.bytes)).equals(bytes)).toBe(true);
  });

  it("may be empty, and may have any name", async () => {
    const path = join(await newFolder(), "dump.txt");
    await writeFile(path, "");
    expect(await chunksOf(await openTape(path))).toEqual([]);
  });
});

describe("a tape whose recorder died", () => {
  it("gives its chunks without an end line", async () => {
    const path = await poem();
    await rewrite(path, (lines) => lines.replace(/\{"end".*\n/, ""));
    const tape = await openTape(path);
    expect(tape).toMatchObject({ state: "unfinished", trailer: undefined, header: HEADER });
    expect(await textsOf(tape)).toEqual([
      [1000, "data: 1\n\n"],
      [20, "data"],
      [30, ": 2\n\n"],
    ]);
  });

  it("gives bytes beyond the last chunk line as a last, untimed chunk", async () => {
    const path = await poem();
    await rewrite(path, (lines) => lines.replace(/\[30,5\]\n[\s\S]*/, ""));
    expect(await textsOf(await openTape(path))).toEqual([
      [1000, "data: 1\n\n"],
      [20, "data"],
      [undefined, ": 2\n\n"],
    ]);
  });

  it.each(["[", "[3", "[30,", "[30,5", '{"end":"eo', '{"end":"eof","bytes":18}}'])(
    "forgives the torn last line %s",
    async (torn) => {
      const path = await poem();
      await rewrite(path, (lines) => lines.replace(/\[30,5\]\n[\s\S]*/, torn));
      const tape = await openTape(path);
      expect(tape.state).toBe("unfinished");
      expect(await textsOf(tape)).toEqual([
        [1000, "data: 1\n\n"],
        [20, "data"],
        [undefined, ": 2\n\n"],
      ]);
    },
  );

  it("counts a last chunk line that only lacks its line end", async () => {
    const path = await poem();
    await rewrite(path, (lines) => lines.replace(/\n\{"end"[\s\S]*/, ""));
    expect((await textsOf(await openTape(path))).at(-1)).toEqual([30, ": 2\n\n"]);
  });

  it("opens wherever its lines were cut off", async () => {
    const path = await poem();
    const lines = await readFile(`${path}.tape`);
    for (let length = 0; length < lines.length; length += 1) {
      await writeFile(`${path}.tape`, lines.subarray(0, length));
      const tape = await openTape(path);
      const whole = length >= lines.length - 1;
      expect([length, tape.state]).toEqual([length, whole ? "finished" : "unfinished"]);
      expect((await textsOf(tape)).map(([, text]) => text).join("")).toBe("data: 1\n\ndata: 2\n\n");
    }
  });

  it("gives nothing of a chunk whose bytes were all lost", async () => {
    const path = await poem();
    await truncate(path, 9);
    expect(await textsOf(await openTape(path))).toEqual([[1000, "data: 1\n\n"]]);
  });

  it("gives what is there of a chunk whose bytes were lost", async () => {
    const path = await poem();
    await truncate(path, 11);
    expect(await textsOf(await openTape(path))).toEqual([
      [1000, "data: 1\n\n"],
      [20, "da"],
    ]);
  });
});

describe("what is no tape", () => {
  it("is refused by name: nothing there, a folder, lines without a body", async () => {
    const folder = await newFolder();
    await expect(openTape(join(folder, "none.sse"))).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining("none.sse does not exist; check the name"),
    });
    await mkdir(join(folder, "folder.sse"));
    await expect(openTape(join(folder, "folder.sse"))).rejects.toMatchObject({ code: "unreadable" });
    const path = await poem();
    await rm(path);
    await expect(openTape(`${path}.tape`)).rejects.toMatchObject({ code: "not-found" });
  });

  it.each([
    ["not JSON\n", "bad-header", /poem.sse.tape:1: expected a header in JSON.*found "not JSON"; restore/],
    ["{}\n", "bad-header", /:1: expected an integer from 1 at \/ssert, found nothing/],
    ["[1,2]\n", "bad-header", /expected an object at the top, found "\[1,2\]"/],
    [
      HEADER_LINE.replace('"recorded"', '"guessed"'),
      "bad-header",
      /one of recorded, edited, synthetic at \/provenance, found "guessed"/,
    ],
    [
      HEADER_LINE.replace("}", ',"request":{"method":"GET","url":"/","headers":{"accept":1}}}'),
      "bad-header",
      /a string at \/request\/headers\/accept, found "1"/,
    ],
    [
      HEADER_LINE.replace('"ssert":1', '"ssert":2'),
      "unsupported-version",
      /expected a tape of format 1, found format 2; update ssert/,
    ],
    [
      `${HEADER_LINE}[1,2]\n{"end":"gone"}\n`,
      "bad-line",
      /last line: expected an end line with one of eof, cut.* at \/end, found "gone"/,
    ],
    [
      `${HEADER_LINE}[1,2]\nhello\n`,
      "bad-line",
      /last line: expected an end line or a chunk line at the end, found "hello"/,
    ],
  ])("is refused by its lines: %j", async (lines, code, message) => {
    const path = await poem();
    await rewrite(path, () => lines);
    await expect(openTape(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it.each([
    ["hello\n", /:5: expected a chunk line.*found "hello"/],
    ["[1,-2]\n", /:5: expected a chunk line/],
    ["[1,2,3]\n", /:5: expected a chunk line/],
  ])("is refused on the way, at the line %j", async (line, message) => {
    const path = await poem();
    await rewrite(path, (lines) => lines.replace('{"end"', `${line}{"end"`));
    const tape = await openTape(path);
    await expect(chunksOf(tape)).rejects.toMatchObject({ code: "bad-line", message: expect.stringMatching(message) });
  });

  it("has nothing after its end line", async () => {
    const path = await poem();
    await appendFile(`${path}.tape`, "[1,2]\n");
    await expect(chunksOf(await openTape(path))).rejects.toThrow(
      /:6: expected nothing after the end line, found "\[1,2\]"/,
    );
  });
});
