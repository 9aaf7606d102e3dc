import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { actions } from "../src/commands/protocol.ts";
import { explain } from "../src/errors.ts";
import { verbs } from "../src/verbs.ts";
import { ssert } from "./in-process.ts";

const names = [...verbs.map(({ name }) => name), ...actions.map(({ name }) => `protocol ${name}`)];
const SCREEN = { lines: 40, columns: 80 };

describe("help", () => {
  it("of the command lists every verb, shows an example and says what exit codes mean", async () => {
    const { code, out, err } = await ssert(["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const { name, summary } of verbs) expect(out).toMatch(new RegExp(`^ {2}${name} +${summary}$`, "m"));
    expect(out).toContain("Example:");
    expect(out).toContain("Exit codes: 0 clean, 1 findings, 2 could not run.");
  });

  it.each(names)("of %s fits one screen and shows a worked example", async (name) => {
    const { code, out, err } = await ssert([...name.split(" "), "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`Usage: ssert ${name}`);
    expect(out).toMatch(new RegExp(`Example: .*\\n\\n(.*\\n)* {2}ssert ${name} `));
    const lines = out.split("\n");
    expect(lines.length).toBeLessThanOrEqual(SCREEN.lines);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(SCREEN.columns);
  });

  it("is what a bare `ssert` shows, as a mistake", async () => {
    const { code, out, err } = await ssert([]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: ssert COMMAND [options]");
  });
});

it("tells its version", async () => {
  expect(await ssert(["--version"])).toEqual({ code: 0, out: `${manifest.version}\n`, err: "" });
});

describe("a command line with a mistake", () => {
  it.each([
    [["vaildate", "x.sse"], "ssert: unknown command 'vaildate', did you mean validate?"],
    [["replay", "--sped", "2", "x"], "ssert: unknown option '--sped', did you mean --speed?"],
    [["protocol", "lst"], "ssert: unknown command 'lst', did you mean list?"],
    [["record", "-o", "x.sse"], "ssert: missing required argument 'url'"],
    [["replay"], "ssert: missing required argument 'tapes'"],
    [["mock", "--port", "http"], "Expected a port from 0 to 65535; 0 takes a free one"],
    [["record", "http://localhost", "--max-time", "soon"], "Expected a time such as 30s, 500ms or 2m"],
    [["validate", "x.sse", "--format", "yaml"], "Allowed choices are pretty, json"],
    [["proxy", "http://a.example", "http://b.example", "--dir", "x"], "ssert: too many arguments"],
    [["record", "http://localhost:1/"], "record needs -o NAME.sse"],
    [["proxy", "http://localhost:1/"], "proxy needs --dir FOLDER"],
  ])("%j is told in one line, with the way on", async (args, expected) => {
    const { code, out, err } = await ssert(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(expected);
    expect(err).toMatch(/^ssert: [^\n]+\n$/);
  });

  it("names the help of the command that was meant", async () => {
    expect((await ssert(["replay", "--sped", "2"])).err).toContain('see "ssert replay --help"');
    expect((await ssert(["repaly"])).err).toContain('see "ssert --help"');
  });
});

describe("what an error says", () => {
  it("is no stack, unless that is asked for", () => {
    const error = new Error("broken", { cause: new Error("deeper") });
    expect(explain(error, false)).toBe(
      "ssert: internal error: broken; this is a bug in ssert: please report it with what SSERT_DEBUG=1 prints\n",
    );
    expect(explain(error, true)).toMatch(
      /^ssert: internal error: broken.*\nError: broken\n +at .*caused by Error: deeper\n +at /s,
    );
  });

  it("is the system's own word where a system call failed", () => {
    const error = Object.assign(new Error("EACCES: permission denied, open '/x'"), { syscall: "open" });
    expect(explain(error, false)).toBe("ssert: EACCES: permission denied, open '/x'\n");
  });

  it("survives what is no error", () => {
    expect(explain("odd", true)).toContain("ssert: internal error: odd;");
  });
});
