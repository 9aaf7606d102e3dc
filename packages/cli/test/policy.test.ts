import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../src/config/load.ts";
import { ssert } from "./in-process.ts";

const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/pokee/${path}`, import.meta.url));

let folder: string;
const file = (name: string): string => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ssert-policy-"));
  await copyFile(fixture("broken/tool_call/closed/second-result.sse"), file("closed.sse"));
  await copyFile(fixture("broken/sse/id/numbered.sse"), file("id.sse"));
});
afterEach(async () => await rm(folder, { recursive: true }));

const pokee = ["--protocol", "pokee"];
const validate = async (...flags: string[]) => await ssert(["validate", folder, ...pokee, ...flags]);
const rules = (out: string): readonly string[] =>
  JSON.parse(out).streams.flatMap(({ findings }: { findings: { rule: string; severity: string }[] }) =>
    findings.map(({ rule, severity }) => `${severity} ${rule}`),
  );

describe("--rule", () => {
  it("makes a rule an error, a warning, or nothing", async () => {
    const { code, out } = await validate("--rule", "tool_call/closed=warning", "--rule", "sse/id=off", "--json");
    expect([code, rules(out)]).toEqual([0, ["warning tool_call/closed"]]);
    expect((await validate("--rule", "tool_call/closed=off", "--rule", "sse/id=error")).code).toBe(1);
  });

  it("holds for rules that are no protocol's: what is wrong with a tape makes it invalid", async () => {
    for (const end of ["", ".tape"]) await copyFile(fixture(`valid/one-tool.sse${end}`), file(`tape.sse${end}`));
    const text = await readFile(file("tape.sse"), "utf8");
    await writeFile(file("tape.sse"), text.replace("Zürich", "Zurich").replaceAll("Zürich", "Zurich"));
    const one = async (...flags: string[]) => await ssert(["validate", file("tape.sse"), "--json", ...flags]);
    expect((await one()).code).toBe(0);
    const strict = await one("--rule", "tape/edited=error");
    expect([strict.code, JSON.parse(strict.out).streams[0].verdict]).toEqual([1, "invalid"]);
    expect(rules((await one("--rule", "tape/edited=off", "--rule", "tape/chunk-sum=off")).out)).toEqual([]);
  });

  it("gives the same with threads", async () => {
    const flags = ["--rule", "tool_call/closed=warning", "--rule", "sse/id=off", "--json"];
    expect((await validate(...flags, "--jobs", "2")).out).toBe((await validate(...flags, "--jobs", "1")).out);
  });

  it.each([
    ["sse/ids=off", 'ssert: --rule: no protocol has the rule "sse/ids"; did you mean sse/id?'],
    ["sse/id", "Expected RULE=SEVERITY"],
    ["sse/id=fatal", "severities are error, warning, off"],
  ])("%s is refused", async (rule, message) => {
    const { code, err } = await validate("--rule", rule);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("--baseline", () => {
  it("is written, and then known findings do not count", async () => {
    const written = await validate("--baseline", file("known.json"), "--update-baseline");
    expect([written.code, written.err]).toEqual([0, `${file("known.json")}: 2 known findings, 2 new, 0 gone\n`]);
    const { code, out } = await validate("--baseline", file("known.json"));
    expect(code).toBe(0);
    expect(out).toContain("2 streams: 2 valid · 0 errors, 0 warnings, 2 excused");
  });

  it("survives a new recording of the same fault", async () => {
    await validate("--baseline", file("known.json"), "--update-baseline");
    const text = await readFile(file("closed.sse"), "utf8");
    await writeFile(file("closed.sse"), `: a comment\n\n${text.replaceAll("toolu_1", "toolu_99")}`);
    expect((await validate("--baseline", file("known.json"))).code).toBe(0);
  });

  it("fails for an entry whose finding is gone, until it is updated; what was said of others stays", async () => {
    await validate("--baseline", file("known.json"), "--update-baseline");
    const known = JSON.parse(await readFile(file("known.json"), "utf8"));
    known.entries[1].reason = "ids of browsers";
    await writeFile(file("known.json"), JSON.stringify(known));
    await copyFile(fixture("valid/one-tool.sse"), file("closed.sse"));
    const stale = await validate("--baseline", file("known.json"), "--json");
    expect([stale.code, rules(stale.out)]).toEqual([1, ["error baseline/stale"]]);
    const { err } = await validate("--baseline", file("known.json"), "--update-baseline");
    expect(err).toContain("1 known finding, 0 new, 1 gone");
    expect(await readFile(file("known.json"), "utf8")).toContain("ids of browsers");
  });

  it("does not excuse what has expired, and says whose it was", async () => {
    await validate("--baseline", file("known.json"), "--update-baseline");
    const known = JSON.parse(await readFile(file("known.json"), "utf8"));
    known.entries[0] = { ...known.entries[0], owner: "Ada", expires: "2020-01-01" };
    await writeFile(file("known.json"), JSON.stringify(known));
    const { code, out } = await validate("--baseline", file("known.json"));
    expect(code).toBe(1);
    expect(out.replaceAll(/\s+/g, " ")).toContain(
      "excused tool_call/closed at `tool_result` /id until 2020-01-01 (owner: Ada)",
    );
    const { err } = await validate("--baseline", file("known.json"), "--update-baseline");
    expect(err).toContain("2 known findings, 0 new, 0 gone; 1 had expired: give them a day again, or mend them\n");
  });

  it("fails for streams that are gone, whichever are read", async () => {
    await validate("--baseline", file("known.json"), "--update-baseline");
    await rm(file("closed.sse"));
    for (const inputs of [folder, file("id.sse")]) {
      const { code, err } = await ssert(["validate", inputs, ...pokee, "--baseline", file("known.json")]);
      expect([code, err]).toEqual([1, expect.stringContaining("1 finding of closed.sse, which is gone")]);
    }
    await validate("--baseline", file("known.json"), "--update-baseline");
    expect((await validate("--baseline", file("known.json"))).code).toBe(0);
  });

  it("has severities for what is wrong with its entries, as every rule has", async () => {
    await validate("--baseline", file("known.json"), "--update-baseline");
    await copyFile(fixture("valid/one-tool.sse"), file("closed.sse"));
    const flags = ["--baseline", file("known.json"), "--json"];
    const warned = await validate(...flags, "--rule", "baseline/stale=warning");
    expect([warned.code, rules(warned.out)]).toEqual([0, ["warning baseline/stale"]]);
    expect(JSON.parse(warned.out).streams.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      "valid",
      "valid",
    ]);
    expect(rules((await validate(...flags, "--rule", "baseline/stale=off")).out)).toEqual([]);
    await rm(file("closed.sse"));
    expect((await validate(...flags)).code).toBe(1);
    expect((await validate(...flags, "--rule", "baseline/stale=warning")).code).toBe(0);
  });

  it("keeps what it says of URLs and of standard input when they are not read", async () => {
    const sources = ["-", "https://api.example.com/events"];
    const entries = sources.map((source) => ({ source, finding: "tool_call/closed|tool_result|/id|1" }));
    await writeFile(file("known.json"), JSON.stringify({ ssert: 1, entries }));
    const { code, err } = await validate("--baseline", file("known.json"), "--update-baseline");
    expect([code, err]).toEqual([0, expect.stringContaining("4 known findings, 2 new, 0 gone")]);
    expect(await validate("--baseline", file("known.json"))).toMatchObject({ code: 0, err: "" });
  });

  it.each([
    ["that is not JSON", "{", "is not JSON"],
    [
      "of an unknown rule",
      '{"ssert":1,"entries":[{"source":"a.sse","finding":"tool_cal/closed|||1"}]}',
      'known.json: no protocol has the rule "tool_cal/closed"; did you mean tool_call/closed?',
    ],
  ])("%s is refused, exit 2", async (_what, text, message) => {
    await writeFile(file("known.json"), text);
    const { code, err } = await validate("--baseline", file("known.json"));
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("that is not there is refused unless it is to be written, and so is nothing to update", async () => {
    const missing = await validate("--baseline", file("none.json"));
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining("write it with --update-baseline")]);
    expect((await validate("--update-baseline")).err).toContain("add --baseline FILE");
    const nowhere = await validate("--baseline", file("no/known.json"), "--update-baseline");
    expect(nowhere).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringMatching(/cannot write .*no\/known.json: ENOENT/),
    });
  });
});

describe("a configuration", () => {
  const withConfig = async (text: string, ...flags: string[]) => {
    const path = file(`${Math.random().toString(36).slice(2)}.config.ts`); // Node keeps a module that it has loaded
    await writeFile(path, text);
    return await ssert(["validate", folder, "--config", path, ...flags]);
  };

  it("says protocol, severities, baseline and how many warnings are too many", async () => {
    const rest = 'rules: { "tool_call/closed": "warning" }';
    const text = `import type { Config } from "ssert/config";\nexport default { protocol: "pokee", ${rest} } satisfies Config;`;
    const { code, out } = await withConfig(text, "--json");
    expect([code, rules(out)]).toEqual([0, ["warning tool_call/closed", "warning sse/id"]]);
    expect((await withConfig(`export default { protocol: "pokee", maxWarnings: 1, ${rest} }`)).code).toBe(1);
    expect(
      (await withConfig(`export default { protocol: "pokee", maxWarnings: 1, ${rest} }`, "--max-warnings", "2")).code,
    ).toBe(0);
  });

  it("comes after the flags, and its protocol after that of a tape", async () => {
    const config = 'export default { protocol: "openai-chat", rules: { "sse/id": "error" } }';
    const flags = [...pokee, "--rule", "sse/id=off", "--rule", "tool_call/closed=off", "--json"];
    expect(rules((await withConfig(config, ...flags)).out)).toEqual([]);
    await rm(file("closed.sse"));
    await rm(file("id.sse"));
    for (const end of ["", ".tape"]) await copyFile(fixture(`valid/one-tool.sse${end}`), file(`tape.sse${end}`));
    expect(JSON.parse((await withConfig(config, "--json")).out).streams[0].protocol).toBe("pokee@1");
  });

  it("names files relative to itself", async () => {
    await validate("--baseline", file("known.json"), "--update-baseline");
    expect((await withConfig('export default { protocol: "pokee", baseline: "known.json" }')).code).toBe(0);
  });

  it.each([
    ["a typo in a key", "export default { maxWarning: 1 }", "did you mean maxWarnings?"],
    ["an unknown key", "export default { zzzzzzzzzzzz: 1 }", "known are protocol, rules"],
    [
      "a severity that is none",
      'export default { rules: { "sse/id": "fatal" } }',
      '"error", "warning" or "off", got "fatal"',
    ],
    [
      "an unknown rule",
      'export default { rules: { "sse/ids": "off" } }',
      '.config.ts: no protocol has the rule "sse/ids"',
    ],
    ["a value of the wrong type", 'export default { maxWarnings: "0" }', "must be a whole number"],
    ["no default export", "export const x = 1;", "must export an object as its default, got nothing"],
    ["a mistake in the code", "export default {", "cannot be loaded"],
    ["an unknown protocol", 'export default { protocol: "pokey" }', "did you mean pokee?"],
  ])("with %s is refused, exit 2", async (_what, text, message) => {
    const { code, err } = await withConfig(text);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("that is not there is refused", async () => {
    const { code, err } = await validate("--config", "nowhere.config.ts");
    expect([code, err]).toEqual([2, "ssert: --config: nowhere.config.ts does not exist; check the path\n"]);
  });

  it("is not needed", async () => {
    expect(await loadConfig()).toEqual({ config: {}, path: undefined });
  });
});

describe("--max-warnings", () => {
  it.each([
    ["1", 0, ""],
    ["0", 1, "ssert: 1 warning, but none is allowed (--max-warnings)\n"],
  ])("%s: says why the run fails that looks well", async (most, code, err) => {
    const told = await validate("--rule", "tool_call/closed=off", "--max-warnings", most);
    expect(told).toMatchObject({ code, err });
  });
});

describe("--private", () => {
  it("shows no line, no id and no text of a stream, in any format", async () => {
    for (const format of ["pretty", "json", "ndjson", "junit", "sarif", "github", "html"]) {
      const { out } = await validate("--private", "--format", format);
      expect(out, format).toContain("tool_call/closed");
      expect(out, format).not.toMatch(/toolu_1|sunny/);
    }
    expect((await validate("--format", "html")).out).toContain("sunny");
  });
});
