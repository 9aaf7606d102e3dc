import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMAND, follow, spawnSsert } from "./child.ts";
import { ssert } from "./in-process.ts";
import { file, folder, origin, streamOrigin } from "./places.ts";
import { COMPLETED, CREATED, ORPHANED_RESULT, TRUNCATED, text, VALID, WARNED } from "./pokee.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const pokee = ["--protocol", "pokee"];

async function report(
  ...args: string[]
): Promise<{ code: number; summary: Record<string, number>; streams: Record<string, unknown>[] }> {
  const { code, out } = await ssert(["validate", ...args, "--json"]);
  return { code, ...JSON.parse(out) };
}

describe("exit code 0", () => {
  it("says which streams are valid, and by what", async () => {
    const stream = file("x.sse", VALID);
    const { code, out, err } = await ssert(["validate", stream, ...pokee]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(stream);
    expect(out).toContain("pokee@1");
  });

  it("says so when only the framing was checked", async () => {
    const { code, out, err } = await ssert(["validate", file("x.sse", VALID)]);
    expect(code).toBe(0);
    expect(out).toContain("wire rules only");
    expect(err).toMatch(/^1 stream without a protocol: .*--protocol \(pokee, .*, or a file\)\n$/);
  });

  it("allows warnings, as many as --max-warnings says", async () => {
    const stream = file("x.sse", WARNED);
    expect((await ssert(["validate", stream, ...pokee])).code).toBe(0);
    expect((await ssert(["validate", stream, ...pokee, "--max-warnings", "1"])).code).toBe(0);
    expect((await ssert(["validate", stream, ...pokee, "--max-warnings", "0"])).code).toBe(1);
  });

  it("takes folders, globs and standard input", async () => {
    const where = folder();
    mkdirSync(join(where, "deep"));
    writeFileSync(join(where, "a.sse"), VALID);
    writeFileSync(join(where, "deep", "b.sse"), VALID);
    expect((await report(where, ...pokee)).summary).toMatchObject({ streams: 2, valid: 2 });
    expect((await report(join(where, "*.sse"), ...pokee)).summary).toMatchObject({ streams: 1, valid: 1 });
    const { code, out } = await ssert(["validate", "-", ...pokee], { stdin: [CREATED, text("Hello"), COMPLETED] });
    expect(code).toBe(0);
    expect(out).toContain("stdin");
  });
});

describe("exit code 1", () => {
  it("shows the finding, its code frame, and the other place", async () => {
    const { code, out } = await ssert(["validate", file("x.sse", ORPHANED_RESULT), ...pokee]);
    expect(code).toBe(1);
    expect(out).toContain("tool_call/not-open");
    expect(out).toContain("x.sse:17:7");
    expect(out).toMatch(/17 │ data: \{"id":"nobody"/);
  });

  it("shows the code frame of standard input, too", async () => {
    const { code, out } = await ssert(["validate", "-", ...pokee], { stdin: [ORPHANED_RESULT] });
    expect(code).toBe(1);
    expect(out).toMatch(/17 │ data: \{"id":"nobody"/);
  });

  it("is for a truncated stream, and an empty file is one", async () => {
    expect((await report(file("x.sse", TRUNCATED), ...pokee)).streams[0]).toMatchObject({ verdict: "truncated" });
    const { code, streams } = await report(file("empty.sse", ""), ...pokee);
    expect(code).toBe(1);
    expect(streams[0]).toMatchObject({ verdict: "truncated", events: 0, bytes: 0 });
  });

  it("is for binary garbage", async () => {
    const garbage = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256);
    const { code, streams } = await report(file("garbage.sse", garbage), ...pokee);
    expect(code).toBe(1);
    expect(streams[0]).toMatchObject({ verdict: "invalid", bytes: 100_000 });
  });
});

describe("a report", () => {
  it("is JSON with --json and --format json alike", async () => {
    const stream = file("x.sse", ORPHANED_RESULT);
    const { out } = await ssert(["validate", stream, ...pokee, "--json"]);
    expect(await ssert(["validate", stream, ...pokee, "--format", "json"])).toEqual({ code: 1, out, err: "" });
    expect(JSON.parse(out)).toMatchObject({ ssert: 1, summary: { streams: 1, invalid: 1, errors: 1 } });
  });

  it("goes to a file with --output, without colours", async () => {
    const where = join(folder(), "report.txt");
    const args = ["validate", file("x.sse", ORPHANED_RESULT), ...pokee, "--output", where];
    const { code, out, err } = await ssert(args, { color: true });
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(where);
    expect(readFileSync(where, "utf8")).toContain("tool_call/not-open");
    expect(readFileSync(where, "utf8")).not.toContain("\u001b");
  });

  it("that cannot be written is exit 2", async () => {
    const { code, err } = await ssert([
      "validate",
      file("x.sse", VALID),
      "--output",
      join(folder(), "no", "report.txt"),
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(/^ssert: --output: cannot write the report: ENOENT[^\n]+\n$/);
  });

  it("has colours on a terminal only", async () => {
    const stream = file("x.sse", ORPHANED_RESULT);
    expect((await ssert(["validate", stream], { color: true })).out).toContain("\u001b[");
    expect((await spawnSsert(["validate", stream]).done).out).not.toContain("\u001b");
    expect((await spawnSsert(["validate", stream], { env: { NO_COLOR: "1" } }).done).out).not.toContain("\u001b");
  });
});

describe("a tape that is not as it was recorded", () => {
  async function tape(): Promise<string> {
    const path = join(folder(), "x.sse");
    const { code } = await ssert(["record", await streamOrigin(VALID), "-o", path, "--protocol", "pokee"]);
    expect(code).toBe(0);
    return path;
  }
  const edit = (path: string, change: (text: string) => string): void => {
    writeFileSync(path, change(readFileSync(path, "utf8")));
  };
  const told = async (path: string): Promise<string> => {
    const { out, err } = await ssert(["validate", path]);
    return out + err;
  };

  it("hash: is named", async () => {
    const path = await tape();
    edit(path, (bytes) => bytes.replace("Hello", "Hallo"));
    expect(await told(path)).toMatch(/edited|sha256|hash/);
  });

  it("length: is named", async () => {
    const path = await tape();
    edit(path, (bytes) => `${bytes}:\n`);
    expect(await told(path)).toMatch(/length|bytes/);
  });

  it("sum of the chunks: is named", async () => {
    const path = await tape();
    edit(`${path}.tape`, (lines) => lines.replace(/^\[(\d+),(\d+)\]$/m, "[$1,1]"));
    expect(await told(path)).toMatch(/chunk/);
  });

  it("header that is not JSON: exit 2", async () => {
    const path = await tape();
    edit(`${path}.tape`, (lines) => `{${lines}`);
    expect((await ssert(["validate", path])).code).toBe(2);
    expect(await told(path)).toMatch(/x\.sse\.tape/);
  });
});

describe("what cannot be validated, exit 2 with the way on:", () => {
  async function fails(...args: string[]): Promise<string> {
    const { code, out, err } = await ssert(["validate", ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^ssert: [^\n]+\n$/);
    return err;
  }

  it("a file that does not exist", async () => {
    expect(await fails("/nowhere/x.sse")).toContain("/nowhere/x.sse");
  });

  it("a folder without streams", async () => {
    const where = folder();
    expect(await fails(where)).toContain(where);
  });

  it("a glob without matches", async () => {
    const pattern = join(folder(), "*.sse");
    expect(await fails(pattern)).toContain(pattern);
  });

  it("an unknown protocol: the known ones, and the nearest", async () => {
    const told = await fails(file("x.sse", VALID), "--protocol", "pokey");
    expect(told).toContain("pokey");
    expect(told).toContain("pokee");
  });

  it("a protocol file that does not exist", async () => {
    expect(await fails(file("x.sse", VALID), "--protocol", "./none.json")).toContain("none.json");
  });

  it("a protocol file with a typo: pointer and line", async () => {
    const protocol = file(
      "mine.json",
      '{\n  "protocol": "mine",\n  "version": "1",\n  "type": "event",\n  "events": { "a": {}, "b": {} },\n' +
        '  "scopes": {\n    "all": {\n      "open": "a",\n      "clsoe": "b"\n    }\n  }\n}\n',
    );
    const told = await fails(file("x.sse", VALID), "--protocol", protocol);
    expect(told).toContain("/scopes/all/clsoe");
    expect(told).toContain(`${protocol}, line 9`);
  });

  it("a protocol file that is not JSON", async () => {
    const told = await fails(file("x.sse", VALID), "--protocol", file("mine.json", '{\n  "protocol": \n}'));
    expect(told).toMatch(/mine\.json, line 3/);
  });
});

it("validates by a protocol file", async () => {
  const protocol = file(
    "mine.json",
    JSON.stringify({
      protocol: "mine",
      version: "2",
      type: "event",
      events: { a: {}, b: {} },
      scopes: { all: { open: "a", close: "b" } },
    }),
  );
  const good = await report(file("x.sse", "event: a\ndata: {}\n\nevent: b\ndata: {}\n\n"), "--protocol", protocol);
  expect(good).toMatchObject({ code: 0, streams: [{ protocol: "mine@2", verdict: "valid" }] });
  const bad = await report(file("x.sse", "event: b\ndata: {}\n\n"), "--protocol", protocol);
  expect(bad).toMatchObject({ code: 1, streams: [{ findings: [{ rule: "all/not-open" }] }] });
});

it("says when a tape names a protocol that is not built in, exit 2", async () => {
  const stream = file("x.sse", VALID);
  const header = { ssert: 1, recordedAt: "2026-01-01T00:00:00.000Z", tool: "ssert 0", provenance: "synthetic" };
  const trailer = { end: "eof", bytes: VALID.length, sha256: sha256(VALID), elapsedUs: 1, redacted: 0 };
  const tape = [{ ...header, boundaries: "exact", protocol: "mine" }, [1, VALID.length], trailer];
  writeFileSync(`${stream}.tape`, tape.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const { code, out, err } = await ssert(["validate", stream]);
  expect(code).toBe(2);
  expect(out).toContain("wire rules only");
  expect(err).toMatch(/^ssert: [^\n]*"mine"[^\n]*--protocol FILE\n$/);
});

it("does not judge a recorded answer that is no event stream, exit 0", async () => {
  const tape = join(folder(), "x.sse");
  const url = await origin((_, response) => response.writeHead(201, { "content-type": "application/json" }).end("{}"));
  expect((await ssert(["record", url, "-o", tape])).code).toBe(1);
  expect(await report(tape)).toMatchObject({ code: 0, summary: { noStream: 1 }, streams: [{ verdict: "no-stream" }] });
});

it("2 beats 1: an input that cannot be read, among findings", async () => {
  const where = folder();
  writeFileSync(join(where, "a.sse"), ORPHANED_RESULT);
  writeFileSync(join(where, "b.sse"), VALID);
  writeFileSync(join(where, "b.sse.tape"), "not a header\n");
  const { code, summary } = await report(where, ...pokee);
  expect({ code, summary }).toMatchObject({ code: 2, summary: { invalid: 1, unreadable: 1 } });
});

it("a file without permission is unreadable, exit 2", async ({ skip }) => {
  skip(process.getuid?.() === 0, "whoever runs this may read any file");
  const path = file("x.sse", VALID);
  chmodSync(path, 0o000);
  expect(await report(path)).toMatchObject({ code: 2, streams: [{ verdict: "unreadable" }] });
});

it("judges a line of 100 MB without reading more of it than is allowed, and goes on to the next file", async () => {
  const where = folder();
  const out = createWriteStream(join(where, "a.sse"));
  out.write("data: ");
  const piece = Buffer.alloc(10_000_000, "x");
  for (let n = 0; n < 10; n += 1) if (!out.write(piece)) await once(out, "drain");
  out.end("\n\n");
  await once(out, "close");
  writeFileSync(join(where, "b.sse"), VALID);
  const { code, streams } = await report(where, ...pokee);
  expect(code).toBeGreaterThan(0);
  expect(streams[1]).toMatchObject({ verdict: "valid" });
  const [large] = (await report(join(where, "a.sse"), "--max-event-bytes", "200MB")).streams;
  expect(large).toMatchObject({ verdict: "valid", events: 1 });
});

it("is quiet when its reader has gone (`| head`)", async () => {
  const where = folder();
  for (let n = 0; n < 50; n += 1) writeFileSync(join(where, `${n}.sse`), ORPHANED_RESULT);
  const child = spawnSsert(["validate", where, ...pokee]);
  child.process.stdout?.destroy();
  expect(await child.done).toMatchObject({ code: 1, err: "" });
});

it.runIf(existsSync("/dev/full"))("says in one line that a disk is full, exit 2", async () => {
  const where = file("x.sse", VALID);
  for (const format of ["pretty", "json", "ndjson"]) {
    const args = ["-c", 'exec "$@" > /dev/full', "sh", ...COMMAND, "validate", where, ...pokee, "--format", format];
    const { code, err } = await follow(spawn("/bin/sh", args)).done;
    expect([code, err]).toEqual([
      2,
      "ssert: standard output: cannot write the results: ENOSPC: no space left on device, write\n",
    ]);
  }
});

it("ends on Ctrl-C with what it has, and says that it is not all; exit 2", async () => {
  const child = spawnSsert(["validate", "-", file("x.sse", VALID), ...pokee], { stdin: "open" });
  // More than a pipe holds: once it is gone, the command is reading.
  const events = ORPHANED_RESULT + ": more\n".repeat(100_000);
  await new Promise((resolve) => child.process.stdin?.write(events, resolve));
  child.process.kill("SIGINT");
  const { code, signal, out, err } = await child.done;
  expect({ code, signal }).toEqual({ code: 2, signal: null });
  expect(out).toContain("tool_call/not-open");
  expect(err).toBe("ssert: interrupted: 1 of 2 inputs were read, the last perhaps not to its end\n");
});
