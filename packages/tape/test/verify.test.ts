import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTape, openTape, verifyTape } from "@ssert/tape";
import { describe, expect, it } from "vitest";
import { appendAll, HEADER, newFolder } from "./folder.ts";

async function recorded(...chunks: string[]): Promise<string> {
  const path = join(await newFolder(), "x.sse");
  const tape = await createTape(path, HEADER);
  await appendAll(
    tape,
    chunks.map((chunk) => [1, chunk]),
  );
  await tape.finish("eof", 1);
  return path;
}

async function problemsOf(path: string): Promise<string[]> {
  return (await verifyTape(await openTape(path))).map(({ code, message }) => `${code}: ${message}`);
}

async function change(path: string, from: string | RegExp, to: string): Promise<void> {
  await writeFile(
    path,
    (await readFile(path, "latin1")).replaceAll(from instanceof RegExp ? new RegExp(from, "g") : from, to),
    "latin1",
  );
}

describe("a tape is verified", () => {
  it("without a problem when it is as it was recorded", async () => {
    expect(await problemsOf(await recorded("data: 1\n\n", "data: 2\r\n\r\n"))).toEqual([]);
    expect(await problemsOf(await recorded())).toEqual([]);
  });

  it("without a problem when it is bare", async () => {
    const path = await recorded("data: 1\n\n");
    await rm(`${path}.tape`);
    expect(await problemsOf(path)).toEqual([]);
  });

  it("and says edited when a byte is another", async () => {
    const path = await recorded("data: 1\n\n");
    await change(path, "1", "2");
    expect(await problemsOf(path)).toEqual([
      expect.stringMatching(/^hash-mismatch: .*x.sse: edited since.*restore it, or/),
    ]);
  });

  it("and says how long it was when bytes came or went", async () => {
    const path = await recorded("data: 1\n\n");
    await change(path, "1", "12");
    expect(await problemsOf(path)).toEqual([expect.stringMatching(/^length-mismatch: .*edited.*9 bytes then, 10 now/)]);
  });

  it.each([
    ["a line end at its end", (text: string) => `${text}\n`, /goes on behind its end, by a byte/],
    ["more of a stream at its end", (text: string) => `${text}data: 2\n\n`, /goes on behind its end, by 9 bytes/],
    ["its last line end lost", (text: string) => text.slice(0, -1), /its last line end is gone/],
    ["two line ends lost", (text: string) => text.slice(0, -2), /\d bytes then, \d+ now/],
    ["a change before a line end that came", (text: string) => `${text.replace("1", "2")}\n`, /\d bytes then, \d+ now/],
  ])("and says edited, and where, with %s", async (_, edit, message) => {
    // Longer than the block that is read at once.
    const path = await recorded("data: 1\n\n".repeat(40_000));
    await writeFile(path, edit(await readFile(path, "latin1")), "latin1");
    expect(await problemsOf(path)).toEqual([expect.stringMatching(/^length-mismatch: .*edited since it was recorded/)]);
    expect((await problemsOf(path))[0]).toMatch(message);
  });

  it("but not against its hash when its header declares it edited", async () => {
    const path = await recorded("data: 1\n\n");
    await change(path, "1", "2");
    await change(`${path}.tape`, '"recorded"', '"edited"');
    expect(await problemsOf(path)).toEqual([]);
  });

  it.each([
    [
      "LF has become CRLF",
      "event: a\ndata: 1\n\n\n",
      /\n/,
      "\r\n",
      /LF has become CRLF.*"\*\.sse -text" into \.gitattributes/,
    ],
    [
      "CRLF has become LF",
      "event: a\r\ndata: 1\r\n\r\n",
      /\r\n/,
      "\n",
      /CRLF has become LF.*"\*\.sse -text" into \.gitattributes/,
    ],
  ])("and names git's autocrlf when %s", async (_, text, from, to, message) => {
    // Longer than the block that is read at once, with line ends at every distance from its edge.
    const path = await recorded(text.repeat(30_000));
    await change(path, from, to);
    expect(await problemsOf(path)).toEqual([expect.stringMatching(/^crlf-damage/)]);
    expect((await problemsOf(path))[0]).toMatch(message);
  });

  it("and names autocrlf where the recording ends with a lone CR", async () => {
    const path = await recorded("data: 1\n\ndata: 2\r");
    await change(path, /\n/, "\r\n");
    expect(await problemsOf(path)).toEqual([expect.stringMatching(/^crlf-damage/)]);
  });

  it("and does not blame autocrlf for an edit beside it", async () => {
    const path = await recorded("data: 1\n\n");
    await change(path, "1\n", "2\r\n");
    expect(await problemsOf(path)).toEqual([expect.stringMatching(/^length-mismatch/)]);
  });

  it("and says so when the chunk lines count other bytes than the end line", async () => {
    const path = await recorded("data: 1\n\n", "data: 2\n\n");
    await change(`${path}.tape`, /\[1,9\]\n\{/, "[1,8]\n{");
    expect(await problemsOf(path)).toEqual([
      expect.stringMatching(/^chunk-sum-mismatch: .*chunk lines count 17 bytes, the end line says 18/),
    ]);
  });

  it("and says so when chunk lines of an unfinished tape count bytes that are not there", async () => {
    const path = await recorded("data: 1\n\n");
    await change(`${path}.tape`, /\{"end".*\n/, "[1,9]\n");
    expect(await problemsOf(path)).toEqual([
      expect.stringMatching(/^unfinished: .*no end line/),
      expect.stringMatching(/^chunk-sum-mismatch: .*count 18 bytes, .*x.sse has 9/),
    ]);
  });

  it("and is only unfinished when its last bytes are not counted yet", async () => {
    const path = await recorded("data: 1\n\n");
    await change(`${path}.tape`, /\[1,9\]\n\{"end".*\n/, "");
    expect(await problemsOf(path)).toEqual([expect.stringMatching(/^unfinished/)]);
  });

  it("and names a line that cannot be read", async () => {
    const path = await recorded("data: 1\n\n");
    await change(`${path}.tape`, "[1,9]", "[1,9");
    expect(await problemsOf(path)).toEqual([expect.stringMatching(/^bad-line: .*x.sse.tape:2: expected a chunk line/)]);
  });
});
