import { renderJson, renderNdjson, renderNdjsonStream, renderNdjsonSummary } from "@ssert/report";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expectReportSchema } from "./report-schema.ts";
import { finding, invalid, reportOf, stream } from "./streams.ts";

const linesOf = (ndjson: string): unknown[] => {
  expect(ndjson.endsWith("\n")).toBe(true);
  return ndjson
    .slice(0, -1)
    .split("\n")
    .map((line): unknown => JSON.parse(line));
};

test("a line a stream, in the order of the inputs, then the summary: together the JSON report", () => {
  const report = reportOf({ source: "b.sse" }, { source: "a.sse", ...invalid({ path: "/id" }) });
  const lines = linesOf(renderNdjson(report));
  expect(lines).toHaveLength(3);
  for (const line of lines.slice(0, 2)) expectReportSchema(line, "#/$defs/stream");
  const last = lines.at(-1);
  expect(last).toEqual({ ssert: 1, summary: report.summary });
  expect({ ...Object(last), streams: lines.slice(0, -1) }).toEqual(JSON.parse(renderJson(report)));
});

test("streams written one by one, as they are done, are the same lines", () => {
  const late = finding({ location: { offset: 2000, line: 90, column: 1 } });
  const streams = [stream(), stream({ verdict: "invalid", findings: [late, finding()] })];
  const report = reportOf(...streams);
  expect(streams.map(renderNdjsonStream).join("") + renderNdjsonSummary(report.summary)).toBe(renderNdjson(report));
});

test("a run without streams has its summary", () => {
  expect(linesOf(renderNdjson(reportOf()))).toMatchObject([{ summary: { streams: 0 } }]);
});

test("whatever a stream holds: one line, the text as it was, nothing for a terminal to act upon", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const line = renderNdjsonStream(stream({ source: text, ...invalid({ message: text }) }));
      expect(linesOf(line)).toMatchObject([{ source: text, findings: [{ message: text }] }]);
      expect(line).not.toMatch(/[^\n\P{Cc}]|[\u2028\u2029\u202a-\u202e]/u);
    }),
  );
  expect(renderNdjsonStream(stream({ source: "\u001b[2J\n::error::x\ud800\u009b" }))).toContain(
    String.raw`"\u001b[2J\n::error::x\ud800\u009b"`,
  );
});
