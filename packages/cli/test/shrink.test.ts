import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ssert } from "./in-process.ts";

const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/pokee/${path}`, import.meta.url));
const broken = fixture("broken/tool_call/closed/second-result.sse");

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
    expect(err).toBe(`815 bytes → 5 events, 332 bytes, still tool_call/closed: ${out}\n`);
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
    expect(err).toContain("exists");
    expect(await readFile(file("recorded.sse"), "utf8")).toBe("data: 1\n\n");
  });

  it("tells the text that the fault needs", async () => {
    const { err } = await ssert([
      ...["validate", fixture("broken/sse/multiple-data/pretty-json.sse"), "--protocol", "pokee"],
      ...["--shrink", file("lines.sse"), "--redact-text"],
    ]);
    expect(err).toContain(String.raw`not redacted, since the fault needs it: "{\n  \"content\": \"Hi\"\n}"`);
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
    ["the input itself", [broken, "--shrink", broken], "would replace the recording itself"],
    ["nothing to redact", [broken, "--redact-text"], "--redact-text goes with --shrink FILE"],
  ])("cannot run with %s, exit 2", async (_what, args, message) => {
    const { code, err } = await ssert(["validate", ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
