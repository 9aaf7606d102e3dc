import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ssert, type Told } from "./in-process.ts";

const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/pokee/${path}`, import.meta.url));
const broken = fixture("broken/tool_call/closed/second-result.sse");

const created = 'event: message.created\ndata: {"id":"m","session_id":"s","status":"in_progress"}\n\n';

let folder: string;
const file = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ssert-shrink-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

describe("ssert validate --shrink", () => {
  it("writes the smallest stream that still fails, as a tape that names its protocol", async () => {
    const out = file("small.sse");
    const { code, err } = await ssert(["validate", broken, "--protocol", "pokee", "--shrink", out, "--redact-text"]);
    expect(code).toBe(1);
    expect(err).toBe(`815 bytes → 5 events, 324 bytes, still tool_call/closed: ${out}\n`);
    const again = await ssert(["validate", out, "--json"]);
    expect(JSON.parse(again.out).streams[0]).toMatchObject({
      protocol: "pokee@1",
      events: 5,
      findings: [{ rule: "tool_call/closed" }],
    });
    expect(await readFile(`${out}.tape`, "utf8")).toContain('"provenance":"edited"');
  });

  it("replaces what it has shrunk before, and never a recording", async () => {
    const out = file("twice.sse");
    const shrink = ["validate", broken, "--protocol", "pokee", "--shrink", out];
    expect((await ssert(shrink)).code).toBe(1);
    expect((await ssert(shrink)).code).toBe(1);
    await writeFile(file("recorded.sse"), "data: 1\n\n");
    const { code, err } = await ssert([...shrink.slice(0, -1), file("recorded.sse")]);
    expect(code).toBe(2);
    expect(err).toContain("was not written by --shrink");
    expect(await readFile(file("recorded.sse"), "utf8")).toBe("data: 1\n\n");
  });

  it("does not replace what somebody has edited: that names its request", async () => {
    await copyFile(fixture("valid/one-tool.sse"), file("mine.sse"));
    const lines = await readFile(fixture("valid/one-tool.sse.tape"), "utf8");
    await writeFile(file("mine.sse.tape"), lines.replace('"provenance":"synthetic"', '"provenance":"edited"'));
    const { code, err } = await ssert(["validate", broken, "--protocol", "pokee", "--shrink", file("mine.sse")]);
    expect([code, err]).toEqual([2, expect.stringContaining("was not written by --shrink: name another file")]);
    expect(await readFile(file("mine.sse"), "utf8")).toBe(await readFile(fixture("valid/one-tool.sse"), "utf8"));
  });

  it("tells the words that the fault needs", async () => {
    const { err } = await ssert([
      ...["validate", fixture("broken/event/unknown-type/ping-event.sse"), "--protocol", "pokee"],
      ...["--shrink", file("type.sse"), "--redact-text"],
    ]);
    expect(err).toContain('not redacted, since the fault needs it: "ping"');
    const told = await ssert([
      ...["validate", fixture("broken/event/unknown-type/ping-event.sse"), "--protocol", "pokee", "--private"],
      ...["--shrink", file("type.sse"), "--redact-text"],
    ]);
    expect([told.err.includes("needs it: 1 word\n"), told.err.includes("ping")]).toEqual([true, false]);
  });

  it("judges as the run does: by the configuration's protocol, by the severities that are set", async () => {
    const config = file("ssert.config.mjs");
    await writeFile(config, 'export default { protocol: "pokee", rules: { "block/not-open": "off" } };\n');
    await writeFile(
      file("two.sse"),
      `${created}event: text.stop\ndata: {}\n\nevent: tool_result\ndata: {"id":"x","content":1,"is_error":false}\n\n`,
    );
    const shrink = ["validate", file("two.sse"), "--config", config, "--shrink", file("two-small.sse")];
    expect((await ssert(shrink)).err).toContain("still tool_call/not-open");
    const off = ["--rule", "tool_call/not-open=off", "--rule", "stream/truncated=warning"];
    expect((await ssert([...shrink, ...off])).err).toContain("still stream/truncated");
  });

  it("shrinks to what the baseline does not know", async () => {
    await copyFile(fixture("broken/message/closed/text-after-error.sse"), file("known.sse"));
    const known = ["validate", file("known.sse"), "--protocol", "pokee", "--baseline", file("known.json")];
    await ssert([...known, "--update-baseline"]);
    expect((await ssert([...known, "--shrink", file("nothing.sse")])).err).toContain("has no findings");
  });

  it("says why there is nothing to shrink", async () => {
    const to = (input: string): Promise<Told> =>
      ssert(["validate", input, "--protocol", "pokee", "--shrink", file("z.sse")]);
    const outside = await to(fixture("broken/http/status/accepted.sse"));
    expect([outside.code, outside.err]).toEqual([
      2,
      expect.stringContaining("http/status is not about what the stream holds"),
    ]);
    await writeFile(file("bad.sse"), "");
    await writeFile(file("bad.sse.tape"), "nonsense\n");
    const bad = await to(file("bad.sse"));
    expect([bad.code, bad.err]).toEqual([2, expect.stringContaining("bad.sse could not be read")]);
  });

  it("does nothing for a valid stream", async () => {
    const { code, err } = await ssert(["validate", fixture("valid/one-tool.sse"), "--shrink", file("none.sse")]);
    expect([code, err]).toEqual([0, expect.stringContaining("nothing to shrink")]);
  });

  it.each([
    [
      "two inputs",
      [broken, fixture("valid/one-tool.sse"), "--shrink", "x.sse"],
      "--shrink takes one file, got 2 inputs",
    ],
    ["standard input", ["-", "--shrink", "x.sse"], "got standard input"],
    ["a name that is no tape's", [broken, "--shrink", "x.txt"], "whose name ends in .sse, got x.txt"],
    ["the input itself", [broken, "--shrink", broken], "would replace the recording itself"],
    ["nothing to redact", [broken, "--redact-text"], "--redact-text goes with --shrink FILE"],
  ])("cannot run with %s, exit 2", async (_what, args, message) => {
    const { code, err } = await ssert(["validate", ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
