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

it("is not diagonal if nothing was found to break a rule", async () => {
  // The stream's scope opens with everything that it has, and needs no end: no stream can be too short or out of place.
  const path = file(
    "loose.json",
    JSON.stringify({
      protocol: "loose",
      version: "1",
      type: "event",
      events: { go: {} },
      scopes: { stream: { open: "go", inner: { go: "any" }, counters: { n: { of: "/n", from: 0 } } } },
      rules: { "stream/forgotten": "off" },
    }),
  );
  const { code, out } = await ssert(["protocol", "matrix", path, "--count", "2", "--json"]);
  const { diagonal, rows } = JSON.parse(out);
  const unbroken = rows
    .filter((row: { mutants: number }) => row.mutants === 0)
    .map((row: { rule: string }) => row.rule);
  expect([code, diagonal]).toEqual([unbroken.length === 0 ? 0 : 1, unbroken.length === 0]);
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
