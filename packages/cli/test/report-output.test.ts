import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtinProtocol } from "@ssert/protocol";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { FORMATS } from "../src/validate/report-formats.ts";
import { spawnSsert } from "./child.ts";
import { ssert } from "./in-process.ts";
import { file, folder, streamOrigin } from "./places.ts";
import { ORPHANED_RESULT, VALID } from "./pokee.ts";

const pokee = ["--protocol", "pokee"];
const formats = (...names: string[]): string[] => names.flatMap((name) => ["--format", name]);

describe("several formats at once", () => {
  it("are the same report: pretty on stdout, the others in the folder, which is made", async () => {
    const stream = file("x.sse", ORPHANED_RESULT);
    const where = join(folder(), "new", "reports");
    const args = ["validate", stream, ...pokee];
    const { code, out, err } = await ssert([...args, ...formats(...FORMATS), "--output-dir", where]);
    expect({ code, out }).toEqual({ code: 1, out: (await ssert(args)).out });
    expect(readFileSync(join(where, "report.json"), "utf8")).toBe((await ssert([...args, "--json"])).out);
    const ends = ["json", "ndjson", "junit.xml", "sarif", "github.txt", "html"];
    const files = ends.map((end) => join(where, `report.${end}`));
    expect(readdirSync(where, { encoding: "utf8" }).sort()).toEqual(ends.map((end) => `report.${end}`).sort());
    expect(err).toBe(files.map((path) => `report written to ${path}\n`).join(""));
  });

  it("agree on every broken stream that is kept as a fixture", async () => {
    const where = folder();
    const broken = fileURLToPath(new URL("../../../fixtures/pokee/broken", import.meta.url));
    await ssert(["validate", broken, ...pokee, ...formats(...FORMATS), "--output-dir", where]);
    const read = (name: string): string => readFileSync(join(where, name), "utf8");
    const { streams, errors, warnings } = JSON.parse(read("report.json")).summary;
    expect(streams).toBeGreaterThan(40);
    expect(JSON.parse(read("report.sarif")).runs[0].results).toHaveLength(errors + warnings);
    expect(read("report.ndjson").trimEnd().split("\n")).toHaveLength(streams + 1);
    expect(read("report.junit.xml").match(/<testsuite /g)).toHaveLength(streams);
    expect(read("report.junit.xml").match(/warning: [a-z_]+\/[a-z-]+\n/g)).toHaveLength(warnings);
    const shown = Math.min(errors, 10) + Math.min(warnings, 10);
    expect(read("report.github.txt").match(/^::(?:error|warning) /gm)).toHaveLength(shown);
    const page = dataIn(read("report.html"));
    expect(page.report).toEqual(JSON.parse(read("report.json")));
    // Every stream that was read has its events in the page.
    const counts = page.timelines.map((timeline) => timeline?.total.events ?? 0);
    expect(counts).toEqual(JSON.parse(read("report.json")).streams.map(({ events }: { events: number }) => events));
  });

  it("without pretty leave stdout empty", async () => {
    const where = folder();
    const stream = file("x.sse", VALID);
    const { code, out } = await ssert(["validate", stream, "--json", ...formats("ndjson"), "--output-dir", where]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(readdirSync(where).sort()).toEqual(["report.json", "report.ndjson"]);
  });

  it("colour what goes to the terminal only", async () => {
    const where = folder();
    const args = ["validate", file("x.sse", ORPHANED_RESULT), ...formats("pretty", "ndjson"), "--output-dir", where];
    expect((await ssert(args, { color: true })).out).toContain("\u001b[");
    expect(readFileSync(join(where, "report.ndjson"), "utf8")).not.toContain("\u001b");
  });

  it("take the same format given twice as one", async () => {
    const { code, out } = await ssert(["validate", file("x.sse", VALID), ...formats("json", "json"), "--json"]);
    expect({ code, streams: JSON.parse(out).summary.streams }).toEqual({ code: 0, streams: 1 });
  });

  it("into a folder that cannot be: exit 2, before any stream is read", async () => {
    const inTheWay = file("taken", "a file");
    const stream = file("x.sse", ORPHANED_RESULT);
    const args = [
      "validate",
      stream,
      ...pokee,
      ...formats("json", "pretty"),
      "--output-dir",
      join(inTheWay, "reports"),
    ];
    const { code, out, err } = await ssert(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^ssert: --output-dir: cannot write the report: (?:ENOTDIR|EEXIST)[^\n]+\n$/);
  });
});

describe("flags that leave a choice are a usage error, before anything is read", () => {
  it.each([
    [formats("json", "ndjson"), "stdout takes one report, but --format names json, ndjson: add --output-dir DIR"],
    [[...formats("pretty", "ndjson"), "--output", "r.txt"], "--output takes one report"],
    [[...formats("json"), "--output", "r.json", "--output-dir", "r"], "--output and --output-dir are two places"],
    [["--output-dir", "r"], "--output-dir has nothing to hold"],
    [formats("yaml"), "Allowed choices are pretty, json"],
  ])("%j", async (flags, expected) => {
    const { code, out, err } = await ssert(["validate", "/nowhere/x.sse", ...flags]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(expected);
    expect(err).toMatch(/^ssert: [^\n]+\n$/);
    expect(existsSync("r")).toBe(false);
  });
});

describe("ndjson", () => {
  it("is a line a stream, then the summary", async () => {
    const where = folder();
    writeFileSync(join(where, "a.sse"), VALID);
    writeFileSync(join(where, "b.sse"), ORPHANED_RESULT);
    const { code, out, err } = await ssert(["validate", where, ...pokee, ...formats("ndjson")]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const lines: unknown[] = out
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([{ verdict: "valid" }, { verdict: "invalid" }, { ssert: 1, summary: { streams: 2 } }]);
    const asFile = join(folder(), "r.ndjson");
    await ssert(["validate", where, ...pokee, ...formats("ndjson"), "--output", asFile]);
    expect(readFileSync(asFile, "utf8")).toBe(out);
  });

  it("comes while later streams are still being read", async () => {
    const args = ["validate", file("x.sse", VALID), "-", ...pokee, ...formats("ndjson")];
    const child = spawnSsert(args, { stdin: "open" });
    expect(await child.outHas("x.sse")).not.toContain('"summary"');
    child.process.stdin?.end(ORPHANED_RESULT);
    const { code, out } = await child.done;
    expect(code).toBe(1);
    expect(out.trimEnd().split("\n").at(-1)).toMatch(/^\{"ssert":1,"summary":\{"streams":2,/);
  });
});

it.each(["pretty", "github"])(
  "%s, which a person reads, comes with a hint that only the framing was checked",
  async (format) => {
    const { err } = await ssert(["validate", file("x.sse", VALID), ...formats(format)]);
    expect(err).toContain("1 stream without a protocol");
  },
);

it.each(["json", "ndjson", "junit", "sarif"])("%s comes without hints", async (format) => {
  expect((await ssert(["validate", file("x.sse", VALID), ...formats(format)])).err).toBe("");
});

it("annotates for GitHub on stdout", async () => {
  const stream = file("x.sse", ORPHANED_RESULT);
  const { code, out, err } = await ssert(["validate", stream, ...pokee, ...formats("github")]);
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(out).toContain(`::error file=${stream},line=17,col=7,title=tool_call/not-open::`);
  expect(out).toMatch(/\n::notice title=ssert::1 stream: 1 invalid · 1 error, 0 warnings\n$/);
});

describe("html", () => {
  it("goes to a file or a pipe", async () => {
    const args = ["validate", file("x.sse", ORPHANED_RESULT), ...pokee, ...formats("html")];
    const { code, out, err } = await ssert(args);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(dataIn(out).report.summary).toMatchObject({ streams: 1, invalid: 1 });
    const to = join(folder(), "page.html");
    await ssert([...args, "--output", to], { columns: 80 });
    expect(readFileSync(to, "utf8")).toBe(out);
  });

  it("does not flood a terminal: it says what to do instead", async () => {
    const args = ["validate", file("x.sse", VALID), ...formats("html")];
    const { code, out, err } = await ssert(args, { columns: 80 });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("--output report.html");
  });

  it("has the events of standard input, which can be read once only", async () => {
    const { out } = await ssert(["validate", "-", ...pokee, ...formats("html")], { stdin: [VALID] });
    expect(dataIn(out).timelines[0]).toMatchObject({ source: "-", lanes: ["stream", "text"], total: { events: 5 } });
  });
});

interface PageData {
  readonly report: { readonly summary: object };
  readonly timelines: readonly ({ readonly total: { readonly events: number } } | null)[];
}

function dataIn(html: string): PageData {
  const [, json = ""] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json);
}

describe("sarif", () => {
  const sarif = async (
    ...args: string[]
  ): Promise<{ tool: { driver: { semanticVersion: string; rules: object[] } } }> => {
    const { code, out, err } = await ssert(["validate", ...args, ...formats("sarif")]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    return JSON.parse(out).runs[0];
  };

  it("tells the tool's version, and of a rule what the protocol says", async () => {
    const { tool } = await sarif(file("x.sse", ORPHANED_RESULT), ...pokee);
    expect(tool.driver.semanticVersion).toBe(manifest.version);
    const rule = builtinProtocol("pokee")?.rules.find(({ id }) => id === "tool_call/not-open");
    expect(rule?.title).toBeTypeOf("string");
    expect(tool.driver.rules).toMatchObject([{ id: rule?.id, shortDescription: { text: rule?.title } }]);
  });

  it("knows the protocol that a tape names", async () => {
    const path = join(folder(), "x.sse");
    await ssert(["record", await streamOrigin(ORPHANED_RESULT), "-o", path, ...pokee]);
    const { tool } = await sarif(path);
    expect(tool.driver.rules).toMatchObject([
      { id: "tool_call/not-open", shortDescription: { text: expect.stringMatching("opened before") } },
    ]);
  });
});
