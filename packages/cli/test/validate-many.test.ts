import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../src/validate/report-formats.ts";
import { spawnSsert } from "./child.ts";
import { ssert } from "./in-process.ts";
import { file, folder } from "./places.ts";
import { ORPHANED_RESULT, TRUNCATED, VALID, WARNED } from "./pokee.ts";

const pokee = ["--protocol", "pokee"];

/** Streams of all kinds, in two folders. */
function streams(number: number): string {
  const where = folder();
  const kinds = [VALID, ORPHANED_RESULT, VALID, TRUNCATED, WARNED, "event: x\ndata: {\n\n", VALID];
  mkdirSync(join(where, "deep"));
  for (let n = 0; n < number; n++) {
    const path = join(where, n % 5 === 0 ? "deep" : "", `s${String(n).padStart(4, "0")}.sse`);
    writeFileSync(path, kinds[n % kinds.length] ?? "");
    const tape = { ssert: 1, recordedAt: "2026-01-01T00:00:00Z", tool: "x", provenance: "edited", boundaries: "exact" };
    // Tapes that name a protocol, one of them a protocol that nobody knows, and one that cannot be read.
    if (n % 11 === 3) writeFileSync(`${path}.tape`, `${JSON.stringify({ ...tape, protocol: "pokee" })}\n`);
    if (n % 31 === 17) writeFileSync(`${path}.tape`, `${JSON.stringify({ ...tape, protocol: "mine" })}\n`);
    if (n % 37 === 20) writeFileSync(`${path}.tape`, "nonsense\n");
  }
  return where;
}

const MINE = JSON.stringify({
  protocol: "mine",
  version: "2",
  type: "event",
  events: { "message.*": {}, "*": {} },
  scopes: { all: { open: "message.created", close: "message.completed" } },
});

describe("--jobs", () => {
  it.each([
    ["the protocols that tapes name", () => []],
    ["a built-in protocol", () => pokee],
    ["a variant", () => ["--protocol", "openai-chat+azure"]],
    ["a protocol file", () => ["--protocol", file("mine.json", MINE)]],
  ])("changes nothing of what is told: %s", async (_, protocol) => {
    const where = streams(150);
    const flags = protocol();
    for (const format of ["pretty", "sarif", "ndjson"]) {
      const args = ["validate", where, ...flags, "--format", format];
      const alone = await ssert([...args, "--jobs", "1"]);
      expect(alone.out.length).toBeGreaterThan(1000);
      expect(await ssert([...args, "--jobs", "3"])).toEqual(alone);
    }
  });

  it("is a number from 1 up", async () => {
    expect((await ssert(["validate", ".", "--jobs", "0"])).err).toMatch(/Expected a number of threads from 1 up/);
  });
});

describe("--shard and --merge", () => {
  async function shards(where: string, count: number, ...flags: string[]): Promise<string[]> {
    const reports = folder();
    const names: string[] = [];
    for (let index = 1; index <= count; index++) {
      const name = join(reports, `part-${index}.json`);
      await ssert(["validate", where, ...flags, "--json", "--shard", `${index}/${count}`, "--output", name]);
      names.push(name);
    }
    return names;
  }

  it.each(FORMATS)("give the report of one run, byte for byte: %s", async (format) => {
    const where = streams(60);
    const parts = await shards(where, 4);
    const whole = await ssert(["validate", where, "--format", format]);
    expect(await ssert(["validate", "--merge", ...parts.toReversed(), "--format", format])).toEqual(whole);
    expect(whole.code).toBe(2); // one cannot be read, and one names a protocol that is not known
  });

  it.each([[pokee], [["--protocol", "openai-chat+azure"]]])("by a protocol for all: %j", async (flags) => {
    const where = streams(20);
    const parts = await shards(where, 3, ...flags);
    for (const format of ["sarif", "pretty"]) {
      const whole = await ssert(["validate", where, ...flags, "--format", format]);
      expect(await ssert(["validate", "--merge", ...parts, "--format", format])).toEqual(whole);
    }
  });

  it("take every input once, whatever the number of shards; more shards than inputs leave some empty", async () => {
    const where = folder();
    for (const name of ["a", "b", "c"]) writeFileSync(join(where, `${name}.sse`), VALID);
    for (const count of [1, 2, 3, 5]) {
      const sources = (await shards(where, count)).map((path) =>
        JSON.parse(readFileSync(path, "utf8")).streams.map(({ source }: { source: string }) => source.at(-5)),
      );
      expect(new Set(sources.flat())).toEqual(new Set(["a", "b", "c"]));
      expect(sources.flat()).toHaveLength(3);
      expect(Math.max(...sources.map(({ length }) => length))).toBe(Math.ceil(3 / count));
    }
  });

  it("work without the streams: the frames are missing, nothing else", async () => {
    const where = streams(10);
    const parts = await shards(where, 2, ...pokee);
    const whole = await ssert(["validate", where, ...pokee]);
    execFileSync("rm", ["-r", where]);
    const merged = await ssert(["validate", "--merge", ...parts]);
    expect(merged.code).toBe(whole.code);
    expect(merged.out).not.toContain("│");
    const lines = whole.out.split("\n").filter((line) => !line.includes("│") && line.trim() !== "");
    expect(merged.out.split("\n").filter((line) => line.trim() !== "")).toEqual(lines);
  });

  it("have the limit of warnings judged over all of them", async () => {
    const where = folder();
    for (const name of ["a", "b"]) writeFileSync(join(where, `${name}.sse`), WARNED);
    const parts = await shards(where, 2, ...pokee);
    expect((await ssert(["validate", "--merge", ...parts, "--max-warnings", "1"])).code).toBe(1);
    expect((await ssert(["validate", "--merge", ...parts, "--max-warnings", "2"])).code).toBe(0);
  });

  it.each([
    [
      "a missing one",
      (parts: string[]) => parts.slice(1),
      /^ssert: shard 1\/3 is missing; name the reports of all 3\n$/,
    ],
    ["one twice", (parts: string[]) => [...parts, ...parts.slice(0, 1)], /are both shard 1\/3; name each once\n$/],
    [
      "one that is not there",
      (parts: string[]) => [...parts, "gone.json"],
      /^ssert: --merge: cannot read gone.json: ENOENT/,
    ],
    ["a stream", () => [file("x.sse", VALID)], /is not JSON .*--shard I\/N --json\n$/],
  ])("refuse %s, exit 2", async (_, change, message) => {
    const parts = change(await shards(streams(7), 3));
    const { code, out, err } = await ssert(["validate", "--merge", ...parts]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  it.each([
    ["--merge", "--shard", "1/2"],
    ["--merge", "--watch"],
    ["--watch", "--shard", "1/2"],
    ["--watch", "--shrink", "x.sse"],
  ])("go with no other way to run: %s %s", async (...flags) => {
    const { code, err } = await ssert(["validate", file("x.sse", VALID), ...flags]);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^ssert: --\w+ and --\w+ do not go together/),
    });
  });

  it.each(["0/2", "3/2", "1", "a/b", "1/0"])("need a share that there is: %s", async (share) => {
    expect((await ssert(["validate", ".", "--shard", share])).err).toMatch(/Expected I\/N such as 2\/4/);
  });
});

it("a report that cannot be written is told before any stream is read", async () => {
  const { code, err } = await ssert(["validate", "-", "--output", folder()], { stdin: [VALID] });
  expect(code).toBe(2);
  expect(err).toMatch(/^ssert: --output: cannot write the report: EISDIR/);
});

describe("a named pipe or a device", () => {
  it("is read where it is named, and left out where a folder has it", async () => {
    const where = folder();
    const pipe = join(where, "pipe.sse");
    execFileSync("mkfifo", [pipe]);
    writeFileSync(join(where, "x.sse"), VALID);
    const inFolder = JSON.parse((await ssert(["validate", where, "--json"])).out);
    expect(inFolder.streams.map(({ source }: { source: string }) => source)).toEqual([join(where, "x.sse")]);
    const child = spawnSsert(["validate", pipe, ...pokee, "--json"]);
    writeFileSync(pipe, ORPHANED_RESULT);
    const { code, out } = await child.done;
    expect(code).toBe(1);
    expect(JSON.parse(out).streams[0]).toMatchObject({ verdict: "invalid", bytes: Buffer.byteLength(ORPHANED_RESULT) });
  });

  it("that gives no end of zeros is unreadable, that gives nothing is empty", async () => {
    const { streams: told } = JSON.parse((await ssert(["validate", "/dev/zero", "/dev/null", "--json"])).out);
    expect(told).toMatchObject([
      { verdict: "unreadable", reason: expect.stringContaining("16777216 bytes") },
      { verdict: "valid", bytes: 0 },
    ]);
  });
});

it("Ctrl-C half-way through 10,000 files reports those that are done, in their order; exit 2", async () => {
  const where = folder();
  for (let n = 0; n < 10_000; n++) writeFileSync(join(where, `${String(n).padStart(5, "0")}.sse`), VALID);
  const child = spawnSsert(["validate", where, ...pokee, "--format", "ndjson", "--jobs", "2"]);
  await child.outHas("00100.sse");
  child.process.kill("SIGINT");
  const { code, signal, out, err } = await child.done;
  expect({ code, signal }).toEqual({ code: 2, signal: null });
  const lines = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { summary } = lines.pop();
  expect(summary.streams).toBe(lines.length);
  const numbers: number[] = lines.map(({ source }) => Number(source.slice(-9, -4)));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(err).toMatch(new RegExp(`^ssert: interrupted: ${lines.length} of 10000 inputs were read`));
});
