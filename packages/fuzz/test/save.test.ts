import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTape } from "@ssert/tape";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adapterOf, Parser } from "../planted/parser.ts";
import { checkParser } from "../src/run/check.ts";
import { describeFindings } from "../src/run/describe.ts";
import { readSaved, saveFindings } from "../src/verb/save.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fuzz-saved-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const forgetful = adapterOf(
  "@scope/forgetful",
  class extends Parser {
    override push(chunk: Uint8Array): void {
      this.afterCr = false;
      super.push(chunk);
    }
  },
);

async function save(): Promise<readonly string[]> {
  const result = await checkParser(forgetful, { seed: 1, runs: 200, properties: ["line-ends"] });
  return saveFindings({ ok: result.ok, seed: 1, targets: [result] }, folder, "ssert 0.0.0");
}

describe("a saved counterexample", () => {
  it("is a tape with its chunks", async () => {
    const [path = ""] = await save();
    expect(path).toBe(join(folder, "@scope_forgetful.line-ends.crlf-cut.sse"));
    const chunks: string[] = [];
    for await (const { bytes } of (await openTape(path)).chunks()) chunks.push(Buffer.from(bytes).toString());
    expect(chunks).toEqual(["data:1\r", "\ndata:1\r\n\r\n"]);
  });

  it("is tried first by the next run, under its property", async () => {
    await save();
    const saved = await readSaved(folder);
    expect(saved.map(({ property }) => property)).toEqual(["line-ends/crlf-cut"]);
    const again = await checkParser(forgetful, { seed: 99, runs: 1, properties: ["line-ends/crlf-cut"], saved });
    expect(again.results[0]?.counterexample).toMatchObject({ origin: "saved", case: saved[0]?.case });
    expect(describeFindings(again)).toContain("An earlier run saved it.");
  });

  it("of a mended parser is no finding", async () => {
    await save();
    const saved = await readSaved(folder);
    expect((await checkParser(adapterOf("mended", Parser), { runs: 1, properties: ["line-ends"], saved })).ok).toBe(
      true,
    );
  });

  it("comes with a test to paste, which expects what the standard says", async () => {
    await save();
    const [name = ""] = readdirSync(folder).filter((each) => each.endsWith(".test.ts"));
    const source = readFileSync(join(folder, name), "utf8");
    expect(source).toContain(String.raw`const chunks = ["data:1\r", "\ndata:1\r\n\r\n"];`);
    expect(source).toContain(String.raw`"data": "1\n1",`);
    expect(source).toContain("HTML 9.2.6: “The stream must then be parsed by reading everything line by line");
  });

  it("under a name that names no property is refused", async () => {
    writeFileSync(join(folder, "mine.sse"), "data: 1\n\n");
    await expect(readSaved(folder)).rejects.toMatchObject({ code: "unknown-property" });
  });
});
