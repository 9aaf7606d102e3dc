import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { ssert } from "./in-process.ts";
import { file, folder } from "./places.ts";
import { ORPHANED_RESULT, VALID, WARNED } from "./pokee.ts";

const FIXTURES = fileURLToPath(new URL("../../../fixtures/pokee", import.meta.url));

const matches = new Ajv2020().compile(
  JSON.parse(readFileSync(new URL("../../../schemas/coverage.schema.json", import.meta.url), "utf8")),
);

const coverage = (...args: readonly string[]) => ssert(["protocol", "coverage", ...args]);

it("says what recordings exercise, and what is missing", async () => {
  const { code, out, err } = await coverage("pokee", file("one.sse", VALID));
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^pokee@1: 1 stream\n\n {2}events +5\/14 +35\.7 %\n {2}transitions +5\/22 /);
  expect(out).toContain("missing events (9)\n  thinking.start\n    an event `thinking.start`\n");
  expect(out).toContain(
    "  block text: text.start → text.stop (closes)\n    in a text, `text.stop` comes next after `text.start` and closes it\n",
  );
});

it("our own fixtures exercise all of Pokee", async () => {
  const { code, out } = await coverage("pokee", FIXTURES, "--min", "100");
  expect(out).toMatch(/in all +(\d+)\/\1 +100\.0 %/);
  expect(code).toBe(0);
});

it("gives it as JSON, as the schema describes it", async () => {
  const { out } = await coverage("pokee", file("one.sse", ORPHANED_RESULT), "--json");
  const report = JSON.parse(out);
  expect(matches(report) ? [] : matches.errors).toEqual([]);
  expect(report).toMatchObject({
    protocol: "pokee@1",
    streams: 1,
    broken: 1,
    groups: { events: { covered: 5, total: 14 } },
  });
  expect(report.groups.rulesBroken.items).toContainEqual(
    expect.objectContaining({ id: "tool_call/not-open", count: 1 }),
  );
});

it("reads standard input, and other protocols", async () => {
  const { code, out } = await ssert(["protocol", "coverage", "openai-chat+groq", "-"], { stdin: ["data: [DONE]\n\n"] });
  expect(code).toBe(0);
  expect(out).toMatch(/^openai-chat\+groq@1: 1 stream, 1 of them broken\n/);
});

it("less than --min is exit 1, and what cannot be read is exit 2", async () => {
  const valid = file("one.sse", VALID);
  expect(await coverage("pokee", valid, "--min", "10")).toMatchObject({ code: 0, err: "" });
  expect(await coverage("pokee", valid, "--min", "90")).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /^ssert: [\d.]+ % is covered, less than the 90 % of --min; add what is missing above\n$/,
    ),
  });
  expect(await coverage("pokee", valid, "--min", "lots")).toMatchObject({
    code: 2,
    err: expect.stringContaining("Expected a percentage from 0 to 100, such as 90"),
  });
  expect(await coverage("pokee", join(folder(), "no.sse"))).toMatchObject({ code: 2, out: "" });
  expect(await coverage("pokee")).toMatchObject({ code: 2, err: expect.stringContaining("no input") });
  expect(await coverage("pokeee", valid)).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining("did you mean pokee?"),
  });
});

it("--fill writes what is missing, after which nothing is", async () => {
  const dir = join(folder(), "fill");
  const recorded = [file("one.sse", VALID), file("two.sse", WARNED)];
  const before = await coverage("pokee", ...recorded, "--fill", dir, "--json");
  const { fill, ...report } = JSON.parse(before.out);
  expect(before.code).toBe(0);
  expect(matches({ ...report, fill }) ? [] : matches.errors).toEqual([]);
  expect(fill.lacking).toEqual([]);
  const broken = fill.streams.flatMap(({ breaks }: { breaks?: string }) => (breaks === undefined ? [] : [breaks]));
  const unbroken = report.groups.rulesBroken.items.filter(({ count }: { count: number }) => count === 0);
  expect(broken).toEqual(unbroken.map(({ id }: { id: string }) => id));
  expect(broken).not.toContain("event/unknown-type");

  expect(await coverage("pokee", ...recorded, dir, "--min", "100")).toMatchObject({ code: 0, err: "" });
  const again = await coverage("pokee", ...recorded, dir, "--fill", dir);
  expect(again.out).toContain("nothing to fill");
  // What was written is a recording as any other: its broken streams are broken, and in the way that its name says.
  const judged = JSON.parse((await ssert(["validate", dir, "--json"])).out);
  for (const { source, findings } of judged.streams) {
    const rule = fill.streams.find(({ path }: { path: string }) => path === source)?.breaks;
    expect(findings.map((finding: { rule: string }) => finding.rule)).toEqual(rule === undefined ? [] : [rule]);
  }
});

it("--fill without recordings writes a set that exercises everything", async () => {
  const dir = folder();
  const { code, out } = await coverage("pokee", "--fill", dir);
  expect(code).toBe(0);
  expect(out).toMatch(/wrote \d valid streams and 39 broken to /);
  expect((await coverage("pokee", dir, "--min", "100")).code).toBe(0);
});
