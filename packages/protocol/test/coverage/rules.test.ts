import { expect, it } from "vitest";
import { createCoverage } from "../../src/index.ts";
import { define, ev, line, pokee } from "../monitor/streams.ts";
import { all, counts, measure, seen } from "./measure.ts";

const created = line("message.created", { id: "r", session_id: "s", status: "in_progress" });
const completed = line("message.completed", { id: "r", status: "completed", usage: {} });
const text = [line("text.start"), line("text.delta", { content: "x" }), line("text.stop")];

it("a rule is kept when it had something to judge", () => {
  const bare = measure(pokee, [[created, completed]]);
  expect(seen(bare, "rulesHeld")).toEqual(expect.arrayContaining(["message/not-open", "message/id-changed", "sse/id"]));
  expect(seen(bare, "rulesHeld").filter((id) => /^(block|tool)/.test(id))).toEqual([
    "block/unclosed",
    "tool_call/unclosed",
  ]);
  expect(seen(measure(pokee, [[created, ...text, completed]]), "rulesHeld")).toEqual(
    expect.arrayContaining(["block/not-open", "block/already-open", "block/wrong-kind"]),
  );
});

it("each occasion of each rule", () => {
  const protocol = define("open done item go sum end", {
    all: { open: "open", close: "done", counters: { n: { of: { "*": "/n" }, from: 0 } } },
    item: {
      in: "all",
      key: "/i",
      numbered: { from: 0 },
      exclusive: true,
      reuse: false,
      open: "item",
      inner: [{ go: "some" }, { sum: "once" }],
      close: "end",
      opening: { required: ["first"] },
      constant: { id: "/id" },
      joined: { text: { of: { go: "/v" }, at: { sum: "/v" }, match: "json" } },
    },
  });
  const item = (i: number) => [
    ev("item", { i, first: 1, id: "a" }),
    ev("go", { i, v: "1", id: "a" }),
    ev("sum", { i, v: 1 }),
    ev("end", { i }),
  ];
  const numbered = [ev("open"), ...item(0), ...item(1), ev("done")].map((event, n) => {
    return { data: JSON.stringify({ ...JSON.parse(event.data), n }) };
  });
  const report = measure(protocol, [numbered]);
  expect(seen(report, "rulesBroken")).toEqual([]);
  const exchange = ["http/status", "http/content-type"];
  expect(all(report, "rulesHeld").filter((id) => !seen(report, "rulesHeld").includes(id))).toEqual(exchange);
});

it("rules of the exchange are judged where it is known", () => {
  const coverage = createCoverage(pokee);
  const known = coverage.stream({ response: true });
  for (const [index, { type, data }] of [created, completed].entries()) {
    const location = () => ({ offset: 0, line: 1, column: 1 });
    known.event({ number: index + 1, type, data, id: undefined, location, fields: () => [] });
  }
  known.end();
  expect(seen(coverage.report(), "rulesHeld")).toContain("http/status");
  expect(seen(coverage.report(), "rulesHeld")).not.toContain("timing/gap");
});

it("a broken stream counts up to its first error, and for the rules that it breaks", () => {
  const [start, delta, stop] = text;
  if (start === undefined || delta === undefined || stop === undefined) throw new Error("three events");
  const report = measure(pokee, [
    [created, start, stop, delta, line("thinking.start"), line("thinking.stop"), completed],
  ]);
  expect(report).toMatchObject({ streams: 1, broken: 1 });
  expect(counts(report, "events")).toEqual({ "message.created": 1, "text.start": 1, "text.stop": 1 });
  expect(seen(report, "transitions")).toEqual([
    "message: closed → message.created",
    "block text: closed → text.start",
    "block text: text.start → text.stop (closes)",
  ]);
  expect(counts(report, "rulesBroken")).toEqual({ "block/not-open": 1 });
  expect(seen(report, "rulesHeld")).not.toContain("block/not-open");
  expect(seen(report, "rulesHeld")).not.toContain("stream/truncated");
});

it("a warning is a broken rule, but the stream goes on counting", () => {
  const report = measure(pokee, [[created, line("x.unknown"), ...text, completed]]);
  expect(report.broken).toBe(0);
  expect(counts(report, "rulesBroken")).toEqual({ "event/unknown-type": 1 });
  expect(seen(report, "rulesHeld")).not.toContain("event/unknown-type");
  expect(seen(report, "transitions")).toContain("block text: text.delta → text.stop (closes)");
});

it("rules that are off are no part of it, nor the bound of the monitor's memory as something to break", () => {
  const report = createCoverage(pokee).report();
  expect(all(report, "rulesHeld")).not.toContain("sse/unknown-field");
  expect(all(report, "rulesHeld")).toContain("stream/forgotten");
  expect(all(report, "rulesBroken")).not.toContain("stream/forgotten");
});
