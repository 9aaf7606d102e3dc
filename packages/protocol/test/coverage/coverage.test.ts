import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { formsOf } from "../../src/coverage/forms.ts";
import { reachOf } from "../../src/coverage/reach.ts";
import { addCoverage, builtinProtocol, builtinProtocols, createCoverage, percentOf } from "../../src/index.ts";
import { line, pokee } from "../monitor/streams.ts";
import { all, measure } from "./measure.ts";

const created = line("message.created", { id: "r", session_id: "s", status: "in_progress" });
const completed = line("message.completed", { id: "r", status: "completed", usage: {} });
const failed = line("message.error", { id: "r", error: "x" });
const schema = new Ajv2020().compile(
  JSON.parse(readFileSync(new URL("../../../../schemas/coverage.schema.json", import.meta.url), "utf8")),
);

const names = builtinProtocols().flatMap(({ name, variants }) => [name, ...variants.map((v) => `${name}+${v}`)]);

describe.each(names)("%s", (name) => {
  const protocol = builtinProtocol(name);
  if (protocol === undefined) throw new Error(`${name} is built in`);

  it("has no event that no complete stream has", () => {
    const { forms } = reachOf(protocol);
    const reached = new Set([...forms].map(({ plan }) => plan));
    expect(
      formsOf(protocol)
        .filter(({ plan }) => !reached.has(plan))
        .map((form) => form.name),
    ).toEqual([]);
  });

  it("has a report as the schema describes it, with ids that are unique in their group", () => {
    const report = createCoverage(protocol).report();
    expect(schema(report) ? [] : schema.errors).toEqual([]);
    expect(report).toMatchObject({ streams: 0, covered: 0 });
    for (const group of ["events", "transitions", "properties", "rulesHeld", "rulesBroken"] as const) {
      expect(new Set(all(report, group)).size).toBe(report.groups[group].total);
    }
  });
});

it("the coverage of two sets together is the sum of both", () => {
  const streams = [
    [created, completed],
    [created, failed],
    [created, line("text.stop"), completed],
  ];
  const apart = streams.map((stream) => measure(pokee, [stream])).reduce(addCoverage);
  expect(apart).toEqual(measure(pokee, streams));
  expect(apart.covered).toBeGreaterThan(measure(pokee, [streams[0] ?? []]).covered);
});

it("coverage of different protocols cannot be added", () => {
  const other = builtinProtocol("openai-chat") ?? pokee;
  expect(() => addCoverage(measure(pokee, []), measure(other, []))).toThrow(
    "coverage of pokee@1 and of openai-chat@1 cannot be added",
  );
});

it("100 percent means that nothing is missing", () => {
  expect(percentOf({ covered: 9_999, total: 10_000 })).toBe(99.9);
  expect(percentOf({ covered: 10, total: 10 })).toBe(100);
  expect(percentOf({ covered: 0, total: 0 })).toBe(100);
});
