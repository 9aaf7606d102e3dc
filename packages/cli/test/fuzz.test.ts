import { readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { spawnSsert } from "./child.ts";
import { serving, ssert, start } from "./in-process.ts";
import { file, folder } from "./places.ts";

/** A parser that knows LF only, and nothing but data. */
const NAIVE = `export const shows = { type: false, id: false };
export function parse(chunks) {
  const blocks = Buffer.concat(chunks).toString().split("\\n\\n").slice(0, -1);
  return blocks.filter((block) => block.startsWith("data: ")).map((block) => ({ data: block.slice(6) }));
}\n`;
const naive = (): string => file("naive.mjs", NAIVE);
const small = ["--runs", "50", "--seed", "1"];

describe("exit code 0", () => {
  it("is for a parser that breaks nothing", async () => {
    const target = naive();
    const { code, out, err } = await ssert(["fuzz", target, "--property", "line-ends/lf", ...small]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(`✓ ${target}: 1 pass, 0 bugs (seed 1)\n`);
  });

  it("is for one that differs only where it says so, and the reason is shown", async () => {
    const declared = `export const deviations = [{ property: "line-ends/cr", reason: "no server sends it" }];\n`;
    const target = file("declared.mjs", NAIVE + declared);
    const { code, out } = await ssert(["fuzz", target, "--property", "line-ends/cr", ...small]);
    expect(code).toBe(0);
    expect(out).toContain(`≈ ${target} differs in line-ends/cr, and means to: no server sends it`);
    expect(out).toContain("0 bugs, 1 declared");
  });

  it("takes a package by its name, where it is installed", async () => {
    const { code, out } = await ssert(["fuzz", "eventsource-parser", "--property", "line-ends", ...small]);
    expect(code).toBe(0);
    expect(out).toMatch(/^✓ eventsource-parser \d+\.\d+\.\d+: 9 pass, 0 bugs \(seed 1\)\n$/);
  });
});

describe("exit code 1", () => {
  it("shows the stream, both sides, the sentence, and how to see it again", async () => {
    const target = naive();
    const { code, out } = await ssert(["fuzz", target, "--property", "line-ends/cr", ...small]);
    expect(code).toBe(1);
    expect(out).toContain(`${target} breaks line-ends/cr: a lone CR ends a line`);
    expect(out).toContain('"data: 1\\r\\r:"');
    expect(out).toMatch(/expected {2,}actual\n/);
    expect(out).toContain("HTML 9.2.6: “The stream must then be parsed by reading everything line by line");
    const [, again = ""] = /ssert (fuzz .*--path \S+)/.exec(out) ?? [];
    const repeated = await ssert(again.split(" "));
    expect(repeated.code).toBe(1);
    expect(repeated.out).toContain('"data: 1\\r\\r:"');
  });

  it("as JSON has the bytes of each counterexample", async () => {
    const { code, out } = await ssert(["fuzz", naive(), "--property", "line-ends", ...small, "--json"]);
    expect(code).toBe(1);
    const { ok, targets } = JSON.parse(out);
    expect(ok).toBe(false);
    const found = targets[0].results.find(({ property }: { property: string }) => property === "line-ends/cr");
    expect(found.counterexample).toMatchObject({ chunks: [btoa("data: 1\r\r:")], confirmed: true });
  });

  it("as a page is written where it is told, and the terminal is told where", async () => {
    const page = join(folder(), "page.html");
    const { code, out, err } = await ssert([
      ...["fuzz", naive(), "--property", "line-ends", ...small],
      ...["--format", "html", "--output", page],
    ]);
    expect({ code, out, err }).toEqual({ code: 1, out: "", err: `results written to ${page}\n` });
    expect(await readFile(page, "utf8")).toContain("line-ends/cr");
  });

  it("is for a parser that never comes back: a finding like any other", async () => {
    const target = file("endless.mjs", "export function parse() { for (;;); }");
    const { code, out, err } = await ssert([
      ...["fuzz", target, "--property", "stream/empty", "--time-limit", "200ms", ...small],
    ]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("the parser did not come back within 1000 ms");
  });
});

describe("exit code 2", () => {
  it.each([
    [[], "fuzz needs a target, such as ./my-parser.mjs, or --all"],
    [["eventsorce"], '"eventsorce" is no target (did you mean "eventsource"?)'],
    [["parser.mjs"], 'did you mean "./parser.mjs"?'],
    [["groq-sdk"], /groq-sdk is not installed in .*; run: npm install groq-sdk\n/],
    [["./x.mjs", "--property", "line-end"], 'called "line-end" (did you mean "line-ends"?); there are: line-ends/lf,'],
    [["./x.mjs", "./y.mjs", "--property", "bum"], 'no property or group is called "bum" (did you mean "bom"?)'],
    [["./x.mjs", "--path", "0:1"], "--path leads to a finding of one property and seed"],
    [["./x.mjs", "--runs", "0"], "Expected a whole number from 1 up"],
    [["./x.mjs", "--seed", "1e99"], "Expected a whole number of at most 31 bits"],
    [["./x.mjs", "--shows", "id=lst"], "Expected facts such as id=last,type=no"],
    [["./nowhere.mjs"], "cannot load"],
  ])("%j is told in one line, with the way on", async (args, expected) => {
    const { code, out, err } = await ssert(["fuzz", ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(expected);
    expect(err).toMatch(/^ssert: [^\n]+\n$/);
  });

  it("shows what a module without a parser should export", async () => {
    const { code, err } = await ssert(["fuzz", file("none.mjs", "export const parser = 1;")]);
    expect(code).toBe(2);
    expect(err).toContain("parse(chunks: Uint8Array[]): { event?: string, data: string, id?: string }[]");
  });

  it("beats 1, and what could be run is shown", async () => {
    const { code, out, err } = await ssert([
      ...["fuzz", "./nowhere.mjs", naive(), "--property", "line-ends/cr", ...small],
    ]);
    expect(code).toBe(2);
    expect(out).toContain("breaks line-ends/cr");
    expect(err).toMatch(/^ssert: cannot load .*nowhere\.mjs/);
  });

  it("is for Ctrl-C, after what is known", async () => {
    // The second property never ends: what is known when the signal comes is the first.
    const stuck = "{\n  if (Buffer.concat(chunks).includes(13)) return new Promise(() => {});\n";
    const target = file("stuck.mjs", NAIVE.replace("{\n", stuck));
    const run = start(["fuzz", target, "--property", "line-ends", "--time-limit", "1h", ...small]);
    await run.progressHas("line-ends/lf");
    run.stop();
    const { code, out, err } = await run.done;
    expect(code).toBe(2);
    expect(out).toContain(`✓ ${target}: 1 pass, 0 bugs`);
    expect(err).toBe("ssert: interrupted: 1 result until then\n");
  });
});

describe("--save and --again", () => {
  /** A parser in a folder of its own, and that folder's counterexamples. */
  async function saved(): Promise<{ readonly target: string; readonly dir: string; readonly tape: string }> {
    const target = naive();
    const dir = join(folder(), "regressions");
    const { code, err } = await ssert(["fuzz", target, "--property", "line-ends/cr", "--save", dir, ...small]);
    expect(code).toBe(1);
    const tape = join(dir, "naive.mjs--line-ends--cr.sse");
    expect(err).toBe(`saved ${tape}, and ${tape.replace(/sse$/, "test.mjs")}\n`);
    return { target, dir, tape };
  }

  it("play what was found to the parser that it was found in: 1 while it fails, 0 once it is mended", async () => {
    const { target, dir, tape } = await saved();
    const failing = await ssert(["fuzz", "--again", dir]);
    expect(failing.code).toBe(1);
    expect(failing.out).toContain(`✗ ${tape}: still fails (line-ends/cr)\n\n✗ ${target}: 0 pass, 1 bug\n`);
    writeFileSync(target, NAIVE.replace(".toString()", '.toString().replaceAll("\\r", "\\n")'));
    const mended = await ssert(["fuzz", "--again", tape]);
    expect(mended).toEqual({
      code: 0,
      err: "",
      out: `✓ ${tape}: passes (line-ends/cr)\n\n✓ ${target}: 1 pass, 0 bugs\n`,
    });
  });

  it("play it to another parser that is named", async () => {
    const { tape } = await saved();
    const { code, out } = await ssert(["fuzz", "eventsource-parser", "--again", tape, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).targets[0]).toMatchObject({
      name: "eventsource-parser",
      results: [{ property: "line-ends/cr", verdict: "pass", tape }],
    });
  });

  it("make a tape that replay serves, too", async () => {
    const { tape } = await saved();
    const server = await serving(["replay", tape, "--speed", "instant"]);
    const response = await fetch(server.url);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(await response.text()).toBe("data: 1\r\r:");
    server.stop();
    expect((await server.done).code).toBe(0);
  });

  it("are read first by a run into the same folder, whatever it draws", async () => {
    const { target, dir, tape } = await saved();
    const args = ["fuzz", target, "--property", "line-ends/cr", "--save", dir, "--runs", "1", "--seed", "9"];
    const { code, out, err } = await ssert(args);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain(`Again: ssert fuzz ${target} --again ${tape}`);
  });

  it.each([
    [["--again", "nowhere.sse"], /nowhere\.sse/],
    [["--again", "x.sse", "--all"], "--again only plays tapes; leave out --all"],
    [["--again", "-"], "standard input has no chunks to play; save it as NAME.sse"],
  ])("%j is told in one line, with the way on", async (args, expected) => {
    const { code, out, err } = await ssert(["fuzz", ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(expected);
    expect(err).toMatch(/^ssert: [^\n]+\n$/);
  });

  it("need the parser's name for a tape that does not say it", async () => {
    const { code, err } = await ssert(["fuzz", "--again", file("recorded.sse", "data: 1\n\n")]);
    expect(code).toBe(2);
    expect(err).toMatch(/does not say which parser it is for; name one/);
  });
});

describe("a program", () => {
  /** Answers every case with one event, which has the last event ID that an `EventSource` has at the start: none. */
  const answering = (): string =>
    file(
      "answering.mjs",
      `let rest = Buffer.alloc(0);
      process.stdin.on("data", (bytes) => {
        rest = Buffer.concat([rest, bytes]);
        for (let end = 4, left; rest.length >= 4; rest = rest.subarray(end), end = 4) {
          for (left = rest.readUInt32BE(0); left > 0 && rest.length >= end + 4; left -= 1) end += 4 + rest.readUInt32BE(end);
          if (left > 0 || rest.length < end) return;
          console.log('{"event":"message","data":"1","id":""}\\n');
        }
      });`,
    );

  it("is judged by what --shows says that it tells, and so is the tape of it", async () => {
    const target = `cmd:${JSON.stringify(process.execPath)} ${answering()}`;
    const dir = join(folder(), "found");
    const plain = ["--property", "line-ends/lf", "--runs", "5", "--seed", "1"];
    const own = await ssert(["fuzz", target, ...plain]);
    expect(own.out).toContain('message "1" id ""');
    const last = await ssert(["fuzz", target, ...plain, "--shows", "id=last,type=no", "--save", dir]);
    expect(last.out).not.toContain('id ""');
    expect(last.out).toContain(" --shows id=last,type=no\n");
    const again = await ssert(["fuzz", "--again", dir]);
    expect(again.code).toBe(1);
    expect(again.out).not.toContain('id ""');
  });

  it("is gone after Ctrl-C", async () => {
    const source = `import { readFileSync, writeFileSync } from "node:fs";
      writeFileSync(process.argv[2], String(process.pid));
      process.stdin.resume();
      setInterval(() => {}, 1000);`;
    const pidFile = join(folder(), "pid");
    const program = `cmd:${JSON.stringify(process.execPath)} ${file("silent.mjs", source)} ${pidFile}`;
    const run = start(["fuzz", program, "--time-limit", "1h", ...small]);
    const pid = await vi.waitFor(() => {
      const text = readFileSync(pidFile, "utf8");
      expect(text).not.toBe("");
      return Number(text);
    }, 20_000);
    run.stop();
    expect((await run.done).code).toBe(2);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 20_000);
  });
});

describe("--all", () => {
  it("makes a matrix of the parsers that are installed", async () => {
    const where = folder();
    const child = spawnSsert(["fuzz", "--all", "--property", "line-ends/lf", "--runs", "5"], { cwd: where });
    const { code, err } = await child.done;
    expect(code).toBe(2);
    expect(err).toMatch(/no parser that ssert knows is installed in .*; it knows @ag-ui\/client,/);

    const { out } = await ssert(["fuzz", "--all", "--property", "line-ends/lf", "--runs", "5"]);
    expect(out).toMatch(/^line-ends\/lf +✓$/m);
    expect(out).toMatch(/1 {2}eventsource-parser \d/);
  });
});

it("--list names every property with what it means, and every parser", async () => {
  const { code, out } = await ssert(["fuzz", "--list"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}line-ends\/cr +a lone CR ends a line$/m);
  expect(out).toMatch(/^ {2}eventsource-parser$/m);
  expect(out).toMatch(/^ {2}undici {3}\(not installed\)$/m);
});
