import { createReport } from "@ssert/report";
import { expect, test } from "vitest";
import { finding, stream } from "./streams.ts";

test("every verdict and every severity is counted once", () => {
  const { summary } = createReport([
    stream({ verdict: "valid", findings: [finding({ severity: "warning" })] }),
    stream({ verdict: "invalid", findings: [finding(), finding({ severity: "warning" })] }),
    stream({ verdict: "truncated", findings: [finding()] }),
    stream({ verdict: "no-stream" }),
    stream({ verdict: "unreadable" }),
    stream({ verdict: "unreadable" }),
  ]);
  expect(summary).toEqual({
    streams: 6,
    valid: 1,
    invalid: 1,
    truncated: 1,
    noStream: 1,
    unreadable: 2,
    errors: 2,
    warnings: 2,
  });
});

test("findings held back are not counted as errors", () => {
  expect(createReport([stream({ heldBack: 7 })]).summary).toMatchObject({ errors: 0, warnings: 0 });
});

test("findings are ordered by position, those about the response first, equal places as they were found", () => {
  const at = (rule: string, offset: number): ReturnType<typeof finding> =>
    finding({ rule, location: { offset, line: 1, column: 1 } });
  const { location: _, ...response } = finding({ rule: "http/status" });
  const [ordered] = createReport([
    stream({ findings: [at("c/late", 9), at("a/first", 0), response, at("b/same", 5), at("a/same", 5)] }),
  ]).streams;
  expect(ordered?.findings.map(({ rule }) => rule)).toEqual(["http/status", "a/first", "b/same", "a/same", "c/late"]);
});

test("the order of streams is kept, and what was given is not changed", () => {
  const findings = [finding({ location: { offset: 9, line: 2, column: 1 } }), finding({ rule: "a/b" })];
  const given = [stream({ source: "b.sse", findings }), stream({ source: "a.sse" })];
  expect(createReport(given).streams.map(({ source }) => source)).toEqual(["b.sse", "a.sse"]);
  expect(findings.map(({ rule }) => rule)).toEqual(["tool_call/not-open", "a/b"]);
});

test("no stream at all is a report too", () => {
  expect(createReport([])).toMatchObject({ ssert: 1, summary: { streams: 0 }, streams: [] });
});
