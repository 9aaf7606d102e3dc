import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openTape, verifyTape } from "@ssert/tape";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { savedTapesIn } from "../src/counterexample/folder.ts";
import { saveFindings } from "../src/counterexample/save.ts";
import { openSavedTape } from "../src/counterexample/saved-case.ts";
import { renderFuzzText } from "../src/render/text.ts";
import { playAgain } from "../src/verb/again.ts";
import { type FuzzOptions, type FuzzResult, runFuzz } from "../src/verb/run-fuzz.ts";

let folder: string;
let dir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fuzz-saved-"));
  dir = join(folder, "regressions");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A parser in the folder; `mistake` is a line before it reads. */
function parser(mistake = ""): void {
  writeFileSync(
    join(folder, "mine.mjs"),
    `import { wireAdapter } from ${JSON.stringify(fileURLToPath(new URL("../src/index.ts", import.meta.url)))};
    export const adapter = { ...wireAdapter, name: "./mine.mjs", open(sink) {
      const parser = wireAdapter.open(sink);
      return { ...parser, push(chunk) { ${mistake} parser.push(chunk); } };
    } };`,
  );
}
/** Loses what follows a CR at the end of a chunk. */
const losesAfterCr = "if (this.cr) chunk = chunk.subarray(1); this.cr = chunk.at(-1) === 13;";
/** Takes an empty chunk for the end. */
const endsAtEmpty = "if (this.over ||= chunk.length === 0) return;";

const fuzz = (options: FuzzOptions): Promise<FuzzResult> =>
  runFuzz(["./mine.mjs"], { folder, seed: 1, runs: 100, timeLimitMs: 1000, ...options });

async function save({ targets }: FuzzResult): Promise<readonly string[]> {
  const saved = await Promise.all(targets.map((target) => saveFindings(target, { dir, folder, tool: "ssert 0.0.0" })));
  return saved.flat();
}

const verdicts = ({ targets }: FuzzResult): readonly (readonly [string | undefined, string])[] =>
  targets.flatMap(({ results }) => results.map(({ saved, verdict }) => [saved, verdict] as const));

describe("a saved counterexample", () => {
  it("is a sound tape with its chunks, which says that no server sent it and what it shows", async () => {
    parser(losesAfterCr);
    const [path = ""] = await save(await fuzz({ properties: ["line-ends/cr-cut"] }));
    expect(path).toBe(join(dir, "mine.mjs--line-ends--cr-cut.sse"));
    const tape = await openTape(path);
    expect(await verifyTape(tape)).toEqual([]);
    expect(tape.header).toMatchObject({ provenance: "synthetic", boundaries: "exact" });
    const { facts, case: saved } = await openSavedTape(path);
    expect(facts).toMatchObject({ target: "./mine.mjs", property: "line-ends/cr-cut", seed: 1 });
    expect(saved.text.charAt((saved.cuts[0] ?? 0) - 1)).toBe("\r");
  });

  it("keeps empty chunks, which a tape by itself does not", async () => {
    parser(endsAtEmpty);
    const result = await fuzz({ properties: ["chunks/empty"] });
    const [path = ""] = await save(result);
    const { case: saved } = await openSavedTape(path);
    expect(saved).toEqual(result.targets[0]?.results[0]?.counterexample?.case);
    const again = await playAgain([await openSavedTape(path)], { folder });
    expect(verdicts(again)).toEqual([[path, "bug"]]);
  });

  it("is tried first by the next run, whatever that draws, and is not saved twice", async () => {
    parser(losesAfterCr);
    const [path] = await save(await fuzz({ properties: ["line-ends/cr-cut"] }));
    const next = await fuzz({ properties: ["line-ends/cr-cut"], seed: 99, runs: 1, saved: await savedTapesIn(dir) });
    expect(next.targets[0]?.results[0]?.counterexample).toMatchObject({ origin: "saved", file: path });
    expect(renderFuzzText(next)).toContain(`Again: ssert fuzz ./mine.mjs --again ${path}`);
    expect(await save(next)).toEqual([]);
    expect(readdirSync(dir)).toHaveLength(3);
  });

  it("is of one target: another one is not tried with it", async () => {
    parser(losesAfterCr);
    await save(await fuzz({ properties: ["line-ends/cr-cut"] }));
    writeFileSync(join(folder, "other.mjs"), readFileSync(join(folder, "mine.mjs")));
    const other = await runFuzz(["./other.mjs"], {
      ...{ folder, seed: 1, runs: 100, properties: ["line-ends/cr-cut"], saved: await savedTapesIn(dir) },
    });
    expect(other.targets[0]?.results[0]?.counterexample?.origin).toBe("drawn");
  });

  it("passes once the parser is mended, and a new one gets a name of its own", async () => {
    parser(losesAfterCr);
    const [path = ""] = await save(await fuzz({ properties: ["line-ends/cr-cut"] }));
    const tapes = await savedTapesIn(dir);
    expect(verdicts(await playAgain(tapes, { folder }))).toEqual([[path, "bug"]]);
    parser();
    expect(verdicts(await playAgain(tapes, { folder }))).toEqual([[path, "pass"]]);
    parser(losesAfterCr);
    expect(await save(await fuzz({ properties: ["line-ends/cr-cut"] }))).toEqual([
      join(dir, "mine.mjs--line-ends--cr-cut-2.sse"),
    ]);
  });

  it("at which the parser hangs is tried once more before it is told, and hangs again when it is played", async () => {
    parser("if (chunk.includes(0)) for (;;);");
    const result = await fuzz({ properties: ["text/null"], timeLimitMs: 200 });
    expect(result.targets[0]?.results[0]?.counterexample).toMatchObject({ origin: "lost", confirmed: true });
    const [path] = await save(result);
    const again = await playAgain(await savedTapesIn(dir), { folder, timeLimitMs: 200 });
    expect(verdicts(again)).toEqual([[path, "bug"]]);
    expect(renderFuzzText(again)).toContain("the parser did not come back within");
  });
});

describe("any other tape", () => {
  it("is played as a stream of which every event counts", async () => {
    parser(losesAfterCr);
    writeFileSync(join(folder, "recorded.sse"), "data: 1\n\ndata: 2\n\n");
    const tape = await openSavedTape(join(folder, "recorded.sse"));
    expect(tape.facts).toBeUndefined();
    expect(verdicts(await playAgain([tape], { folder, targets: ["./mine.mjs"] }))).toEqual([[tape.file, "pass"]]);
  });

  it("needs to be told for whom", async () => {
    writeFileSync(join(folder, "recorded.sse"), "data: 1\n\n");
    const tape = await openSavedTape(join(folder, "recorded.sse"));
    await expect(playAgain([tape], { folder })).rejects.toThrow(/does not say which parser it is for; name one/);
  });

  it("in a folder of counterexamples is left alone", async () => {
    writeFileSync(join(folder, "recorded.sse"), "data: 1\n\n");
    expect(await savedTapesIn(folder)).toEqual([]);
    expect(await savedTapesIn(join(folder, "nowhere"))).toEqual([]);
  });
});

describe("the test beside it", () => {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const root = fileURLToPath(new URL("../../..", import.meta.url));

  /** Runs the folder's tests as its owner would; returns how many passed and failed. */
  function runTests(): { readonly passed: number; readonly failed: number } {
    const config = `export default { root: ${JSON.stringify(folder)},
      ssr: { resolve: { conditions: ["@ssert/source", "node", "import", "default"] } } };`;
    writeFileSync(join(folder, "vitest.config.mjs"), config);
    mkdirSync(join(folder, "node_modules/@ssert"), { recursive: true });
    symlinkSync(join(root, "packages/fuzz"), join(folder, "node_modules/@ssert/fuzz"));
    symlinkSync(join(root, "node_modules/vitest"), join(folder, "node_modules/vitest"));
    const args = [vitest, "run", "--reporter=json", "--outputFile=report.json", "--config", "vitest.config.mjs"];
    spawnSync(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, NODE_OPTIONS: "--conditions=@ssert/source" },
    });
    rmSync(join(folder, "node_modules"), { recursive: true });
    const report = readFileSync(join(folder, "report.json"), "utf8");
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(report);
    return { passed, failed };
  }

  it("fails as it is pasted, and passes once the parser is mended", async () => {
    parser(`${losesAfterCr} ${endsAtEmpty}`);
    const saved = await save(await fuzz({ properties: ["line-ends/cr-cut", "chunks/empty", "delivery/not-early"] }));
    expect(saved).toHaveLength(2);
    expect(runTests()).toEqual({ passed: 0, failed: 2 });
    parser();
    expect(runTests()).toEqual({ passed: 2, failed: 0 });
  }, 60_000);

  it("has the bytes, the events that the standard asks for, its sentence, and the command that found it", async () => {
    parser("chunk = chunk.map((byte) => (byte === 13 ? 32 : byte));");
    const [path = ""] = await save(await fuzz({ properties: ["line-ends/cr"] }));
    const source = readFileSync(path.replace(/sse$/, "test.mjs"), "utf8");
    expect(source).toContain(String.raw`  "data:1\r\r:",`);
    expect(source).toContain(`toEqual([\n      { type: "message", data: "1" },\n    ]);`);
    expect(source).toContain("// HTML 9.2.6: “The stream must then be parsed by reading everything line by line");
    expect(source).toMatch(/^\/\/ Found by: ssert fuzz .\/mine.mjs --property line-ends\/cr --seed 1 --path [\d:]+$/m);
  });

  it("judges by the property where events alone do not show it", async () => {
    parser("this.all ??= []; this.all.push(...chunk); if (!this.all.includes(33)) return;");
    const [path = ""] = await save(await fuzz({ properties: ["delivery/lf"] }));
    const source = readFileSync(path.replace(/sse$/, "test.mjs"), "utf8");
    expect(source).toContain('await checkChunks(adapter, "delivery/lf", chunks)).toMatchObject({ verdict: "pass" })');
  });
});
