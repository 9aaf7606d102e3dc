import { createReport, mergeReports, type Report, renderJson, type Shard, type StreamReport } from "@ssert/report";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectReportSchema } from "./report-schema.ts";
import { finding, stream } from "./streams.ts";

const RULES = [{ id: "event/not-json", severity: "error", title: "Data is JSON.", source: "…" }] as const;

function streamsOf(number: number): StreamReport[] {
  return Array.from({ length: number }, (_, index) =>
    stream({ source: `s${index}.sse`, ...(index % 3 === 0 && { verdict: "invalid", findings: [finding()] }) }),
  );
}

/** The reports that a run over these streams gives in so many shards. */
function shardsOf(streams: readonly StreamReport[], count: number, facts: Partial<Shard> = {}): Report[] {
  return Array.from({ length: count }, (_, at) => {
    const shard: Shard = {
      index: at + 1,
      count,
      inputs: streams.length,
      inputsSha256: "ab12",
      tool: "ssert 1.2.3",
      protocol: "pokee@1",
      protocols: [{ id: "pokee@1", rules: RULES }],
      unknownProtocols: [],
      ...facts,
    };
    return { ...createReport(streams.filter((_stream, position) => position % count === at)), shard };
  });
}

type Part = Report | object | string | undefined;

const texts = (reports: readonly Part[]): { name: string; text: string }[] =>
  reports.map((report, at) => ({
    name: `part-${at + 1}.json`,
    text: typeof report === "string" ? report : JSON.stringify(report),
  }));
const merge = (reports: readonly Part[]): Report => mergeReports(texts(reports)).report;

describe("the reports of all shards, merged", () => {
  it("are the report of one run, whatever the number of shards and the order in which they come", () => {
    const run = fc.record({ streams: fc.nat(20), count: fc.integer({ min: 1, max: 9 }) }).chain(({ streams, count }) =>
      fc.record({
        streams: fc.constant(streamsOf(streams)),
        parts: fc.shuffledSubarray(shardsOf(streamsOf(streams), count), { minLength: count }),
      }),
    );
    fc.assert(
      fc.property(run, ({ streams, parts }) => {
        expect(renderJson(merge(parts))).toBe(renderJson(createReport(streams)));
      }),
    );
  });

  it("say which rules streams were judged by, and which protocols were not known, each once", () => {
    const [one, two] = shardsOf(streamsOf(2), 2, { protocol: null });
    const other = { id: "anthropic-messages@1", rules: [] };
    const parts = [
      { ...one, shard: { ...one?.shard, unknownProtocols: ["b", "c"] } },
      { ...two, shard: { ...two?.shard, protocols: [other], unknownProtocols: ["a", "b"] } },
    ];
    const merged = mergeReports(texts(parts));
    expect(merged.protocols).toEqual([other, { id: "pokee@1", rules: RULES }]);
    expect(merged.unknownProtocols).toEqual(["a", "b", "c"]);
  });
});

it("a report that a shell has begun with a byte order mark is one", () => {
  const parts = texts(shardsOf(streamsOf(2), 2));
  const marked = parts.map(({ name, text }) => ({ name, text: `\uFEFF${text}` }));
  expect(mergeReports(marked)).toEqual(mergeReports(parts));
});

it("the report of a shard keeps to the schema", () => {
  for (const part of shardsOf(streamsOf(4), 3)) expectReportSchema(JSON.parse(renderJson(part)));
});

describe("shards that do not fit together are refused", () => {
  const [one, two, three] = shardsOf(streamsOf(7), 3);
  const of = (facts: Partial<Shard>): Report | undefined => shardsOf(streamsOf(7), 3, facts)[1];
  it.each([
    ["one is missing", [one, three], /shard 2\/3 is missing; name the reports of all 3/],
    ["one is there twice", [one, two, two, three], /part-2.json and part-3.json are both shard 2\/3/],
    [
      "of another number of shards",
      [one, shardsOf(streamsOf(7), 4)[1], three],
      /different number of shards: of 3, of 4/,
    ],
    [
      "by another ssert",
      [one, of({ tool: "ssert 9.0.0" }), three],
      /different versions of ssert: ssert 1.2.3, ssert 9/,
    ],
    ["of another protocol", [one, of({ protocol: "pokee@2" }), three], /different protocols: pokee@1, pokee@2/],
    ["of none chosen", [one, of({ protocol: null }), three], /different protocols: pokee@1, that of each tape/],
    [
      "of a protocol of the same name",
      [one, of({ protocols: [{ id: "pokee@1", rules: [] }] }), three],
      /different rules/,
    ],
    ["of more inputs", [one, of({ inputs: 8 }), three], /different inputs: 7 inputs, 8 inputs/],
    ["of other inputs", [one, of({ inputsSha256: "cd" }), three], /inputs of different names/],
    ["interrupted", [one, { ...two, streams: [] }, three], /part-2.json has 0 of the 2 streams.*run that shard again/],
    ["none at all", [], /no reports to merge/],
  ])("%s", (_, parts, message) => {
    expect(() => merge(parts)).toThrow(
      expect.objectContaining({ name: "MergeError", code: "misfit", message: expect.stringMatching(message) }),
    );
  });
});

describe("what is no report of a shard is refused", () => {
  const [part] = shardsOf(streamsOf(3), 1);
  const withStream = (facts: object): object => ({ ...part, streams: [{ ...stream(), ...facts }, ...streamsOf(2)] });
  it.each([
    ["not JSON", "{", /part-1.json is not JSON \(/],
    ["a list", "[]", /it is no JSON report of this ssert/],
    ["a later format", JSON.stringify({ ...part, ssert: 2 }), /it is no JSON report of this ssert/],
    ["a whole report", renderJson(createReport(streamsOf(1))), /the report of a whole run; make it with --shard/],
    [
      "a shard beyond the last",
      JSON.stringify({ ...part, shard: { ...part?.shard, index: 9 } }),
      /what it says of its shard/,
    ],
    ["no streams", JSON.stringify({ ...part, streams: undefined }), /it has no streams/],
    ["a strange verdict", JSON.stringify(withStream({ verdict: "fine" })), /its stream 1 cannot be read/],
    ["a negative count", JSON.stringify(withStream({ events: -1 })), /its stream 1 cannot be read/],
    [
      "a finding without a message",
      JSON.stringify(withStream({ findings: [{ rule: "a/b", severity: "error" }] })),
      /stream 1/,
    ],
    [
      "a place that is none",
      JSON.stringify(withStream({ findings: [finding({ location: { offset: 1, line: 1 } } as object)] })),
      /stream 1/,
    ],
  ])("%s", (_, text, message) => {
    expect(() => merge([text])).toThrow(
      expect.objectContaining({ code: "not-partial", message: expect.stringMatching(message) }),
    );
  });
});
