import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ssert } from "./in-process.ts";
import { file, folder } from "./places.ts";

it("shows for each rule how many broken streams it found, and that no other rule did", async () => {
  const { code, out } = await ssert(["protocol", "matrix", "pokee", "--count", "4"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^rule +mutants +diagonal +elsewhere\n/);
  expect(out).toMatch(/^tool_call\/unclosed +4 +4$/m);
  expect(out).toMatch(/^off: sse\/unknown-field$/m);
  expect(out).toMatch(/pokee@1: diagonal; \d+ broken streams of 40 rules; seed 1\n$/);
});

it("is not diagonal if no stream was found that can break a rule, and says which", async () => {
  // What the schema pins can only be wrong, never changed.
  const schema = { required: ["kind"], properties: { kind: { const: "a" } } };
  const run = { open: "go", inner: { go: "any" }, constant: { kind: "/kind" } };
  const path = file(
    "pinned.json",
    JSON.stringify({
      protocol: "pinned",
      version: "1",
      type: "event",
      events: { go: { schema } },
      scopes: { run },
      rules: { "stream/forgotten": "off" },
    }),
  );
  const { code, out } = await ssert(["protocol", "matrix", path, "--count", "2"]);
  expect(code).toBe(1);
  expect(out).toMatch(/^run\/kind-changed +0 +0 {2}no stream was found that can be broken so$/m);
  expect(out).toMatch(/pinned@1: not diagonal; .*1 rule that nothing was found to break; seed 1\n$/);
});

it("makes streams that break one rule each, a folder for each, which validate reports", async () => {
  const dir = folder();
  const made = await ssert([
    "protocol",
    "sample",
    "pokee",
    "--broken",
    "all",
    "--count",
    "2",
    "--seed",
    "3",
    "--dir",
    dir,
  ]);
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^80 broken streams of pokee@1 in /) });
  expect(readdirSync(join(dir, "tool_call", "reopened")).sort()).toEqual([
    "0001.sse",
    "0001.sse.tape",
    "0002.sse",
    "0002.sse.tape",
  ]);
  const { code, out } = await ssert(["validate", dir, "--format", "json"]);
  expect(code).toBe(1);
  for (const { source, findings, verdict } of JSON.parse(out).streams) {
    // What only a small memory forgets, or no event stream carries, is not to be seen in a file.
    if (/stream\/forgotten|http\/content-type|http\/status/.test(source) || verdict === "no-stream") continue;
    const [, scope, name] = /([^/\\]+)[/\\]([^/\\]+)[/\\]\d+\.sse$/.exec(source) ?? [];
    expect(
      findings.map((finding: { rule: string }) => finding.rule),
      source,
    ).toEqual([`${scope}/${name}`]);
  }
});

it("knows which rules there are", async () => {
  expect(await ssert(["protocol", "sample", "pokee", "--broken", "no/such", "--dir", "x"])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--broken no\/such: pokee@1 has no such rule that is on; it has: sse\/invalid-utf8, /),
  });
});
