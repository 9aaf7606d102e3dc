import { appendFile, mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTape, openSmallTape, openTape, type TapeHeader } from "@ssert/tape";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appendAll, chunksOf, HEADER, newFolder } from "./folder.ts";

type Chunks = readonly (readonly [number, Uint8Array | string])[];

const POEM: Chunks = [
  [1000, "data: 1\n\n"],
  [20, "data"],
  [30, ": 2\n\n"],
];

async function recorded(chunks: Chunks = POEM, header: TapeHeader = HEADER): Promise<string> {
  const path = join(await newFolder(), "x.sse");
  const tape = await createTape(path, header);
  await appendAll(tape, chunks);
  await tape.finish("eof", 1100);
  return path;
}

async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, "utf8")));
}

/** What it gives, in words that can be kept: the memory of the chunks is used again. */
function textsOf(path: string): [number | undefined, string][] | undefined {
  const chunks = openSmallTape(path)?.chunks();
  return chunks?.map(({ afterUs, bytes }) => [afterUs, Buffer.from(bytes).toString()]);
}

describe("a small tape that is as it was recorded", () => {
  it("says what the tape says that waits", async () => {
    const chunks = fc.array(fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 300 })), { maxLength: 40 });
    const header = fc.record(
      { protocol: fc.string(), request: fc.constant({ method: "POST", url: "http://x/", headers: {}, body: "ß\n" }) },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(chunks, header, async (list, facts) => {
        const path = await recorded(list, { ...HEADER, ...facts });
        const tape = await openTape(path);
        const { header, trailer, bytes } = tape;
        const small = openSmallTape(path);
        expect(small).toMatchObject({ path, header, trailer, bytes });
        const given = small?.chunks()?.map(({ afterUs, bytes }) => ({ afterUs, bytes: Buffer.from(bytes) }));
        expect(given).toEqual(
          (await chunksOf(tape)).map(({ afterUs, bytes }) => ({ afterUs, bytes: Buffer.from(bytes) })),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("opens under either of its names, and gives its chunks as often as asked", async () => {
    const path = await recorded();
    for (const name of [path, `${path}.tape`]) expect(textsOf(name)).toEqual(POEM);
  });

  it("is a bare `.sse` as well: one chunk, at no time", async () => {
    const path = join(await newFolder(), "bare.sse");
    await writeFile(path, "data: 1\n\n");
    expect(openSmallTape(path)).toMatchObject({ path, bytes: 9, header: undefined, trailer: undefined });
    expect(textsOf(path)).toEqual([[undefined, "data: 1\n\n"]]);
  });

  it("may have been edited, if it says so", async () => {
    const path = await recorded(POEM, { ...HEADER, provenance: "edited" });
    await rewrite(path, (body) => body.replace("1", "7"));
    expect(textsOf(path)?.[0]).toEqual([1000, "data: 7\n\n"]);
  });
});

describe("whoever opens tapes with patience must say more of", () => {
  const lines: readonly (readonly [string, (text: string) => string])[] = [
    ["has no end line", (text) => text.slice(0, text.lastIndexOf("{"))],
    ["has a torn end line", (text) => text.slice(0, -10)],
    ["has a blank line behind its end line", (text) => `${text}\n`],
    ["has a torn header", (text) => text.slice(0, 40)],
    ["has nothing in its `.sse.tape`", () => ""],
    ["has a header of another kind", (text) => text.replace('"ssert":1', '"ssert":2')],
    ["has a header without a tool", (text) => text.replace('"tool"', '"fool"')],
    ["has a chunk line that is none", (text) => text.replace("[20,", "[2x,")],
    ["has a chunk line that begins otherwise", (text) => text.replace("[20,", "{20,")],
    ["has a chunk line without an end", (text) => text.replace(",4]", ",4")],
    ["has spaces in a chunk line", (text) => text.replace("[20,", "[ 20,")],
    ["has chunk lines that count other bytes", (text) => text.replace(",4]", ",5]")],
    ["has an end line that counts other bytes", (text) => text.replace('"bytes":18', '"bytes":19')],
    ["has a number that no machine can hold", (text) => text.replace("[20,", "[2000000000000000000000,")],
    ["has an end line between its chunk lines", (text) => text.replace("[20,4]", '{"end":"eof"}')],
  ];

  it.each(lines)("a tape that %s", async (_, change) => {
    const path = await recorded();
    expect(textsOf(path)).toEqual(POEM);
    await rewrite(`${path}.tape`, change);
    expect(textsOf(path)).toBeUndefined();
  });

  it("a tape whose bytes are not those that were recorded", async () => {
    const path = await recorded();
    await rewrite(path, (body) => body.replace("1", "7"));
    expect(textsOf(path)).toBeUndefined();
  });

  it("a file that is shorter or longer by the time it is read", async () => {
    for (const change of [(path: string) => truncate(path, 3), (path: string) => appendFile(path, "\n")]) {
      const path = await recorded();
      const small = openSmallTape(path);
      await change(path);
      expect(small?.chunks()).toBeUndefined();
    }
  });

  it("a file that is large, as body or as chunk lines", async () => {
    const path = await recorded([[0, "x".repeat(256 * 1024)]]);
    expect(openSmallTape(path)).toBeDefined();
    await appendFile(path, "x");
    expect(openSmallTape(path)).toBeUndefined();
    const other = await recorded();
    await appendFile(`${other}.tape`, " ".repeat(256 * 1024));
    expect(openSmallTape(other)).toBeUndefined();
  });

  it("a folder, in either place, and what is not there", async () => {
    const folder = await newFolder();
    expect(openSmallTape(join(folder, "x.sse"))).toBeUndefined();
    expect(openSmallTape(folder)).toBeUndefined();
    const path = await recorded();
    await mkdir(join(folder, "y.sse.tape"));
    await writeFile(join(folder, "y.sse"), await readFile(path));
    expect(openSmallTape(join(folder, "y.sse"))).toBeUndefined();
  });
});
