import type { Finding, StreamReport } from "@ssert/report";
import { describe, expect, it } from "vitest";
import { type BaselineEntry, entriesFor, excuse, parseBaseline, renderBaseline } from "../../src/index.ts";

const finding = (rule: string, severity: Finding["severity"] = "error", path = "/id"): Finding => ({
  rule,
  severity,
  message: "…",
  event: { number: 3, type: "tool_result" },
  path,
});
const stream = (...findings: readonly Finding[]): StreamReport => ({
  source: "a.sse",
  protocol: "pokee@1",
  verdict: findings.some(({ severity }) => severity === "error") ? "invalid" : "valid",
  events: 4,
  bytes: 100,
  findings,
  heldBack: 0,
});
const entry = (found: string, more: Partial<BaselineEntry> = {}): BaselineEntry => ({
  source: "a.sse",
  finding: found,
  ...more,
});

describe("a finding that is known", () => {
  it("is taken out, and what is left decides the verdict", () => {
    const {
      stream: left,
      excused,
      unfit,
    } = excuse(stream(finding("a/b"), finding("c/d", "warning")), [entry("a/b|tool_result|/id|1")], "2026-11-23");
    expect([left.verdict, left.findings.map(({ rule }) => rule), left.excused, excused, unfit]).toEqual([
      "valid",
      ["c/d"],
      1,
      1,
      [],
    ]);
  });

  it("is known by its place in the structure, not by its line", () => {
    const moved = { ...finding("a/b", "error", "/list/7/id"), event: { number: 99, type: "tool_result" } };
    expect(excuse(stream(moved), [entry("a/b|tool_result|/list/*/id|1")], "2026-11-23").excused).toBe(1);
  });

  it("excuses as many as were there, and no more", () => {
    const { stream: left } = excuse(
      stream(finding("a/b"), finding("a/b")),
      [entry("a/b|tool_result|/id|1")],
      "2026-11-23",
    );
    expect([left.verdict, left.findings.length]).toEqual(["invalid", 1]);
  });

  it("leaves a cut stream cut", () => {
    const cut: Finding = { rule: "stream/truncated", severity: "error", message: "…" };
    const { stream: left } = excuse(stream(finding("a/b"), cut), [entry("a/b|tool_result|/id|1")], "2026-11-23");
    expect(left.verdict).toBe("truncated");
  });

  it("changes nothing about what could not be read", () => {
    const unreadable: StreamReport = { ...stream(finding("a/b")), verdict: "unreadable", reason: "gone" };
    expect(excuse(unreadable, [entry("a/b|tool_result|/id|1")], "2026-11-23").stream.verdict).toBe("unreadable");
  });
});

describe("an entry that does not do what it is there for", () => {
  it("is stale when nothing is found at its place", () => {
    const stale = entry("x/y|tool_result|/id|1");
    expect(excuse(stream(), [stale], "2026-11-23").unfit).toEqual([{ entry: stale, why: "stale" }]);
  });

  it("excuses to the end of its last day, and is expired on the next", () => {
    const dated = entry("a/b|tool_result|/id|1", { expires: "2026-11-23" });
    expect(excuse(stream(finding("a/b")), [dated], "2026-11-23")).toMatchObject({ excused: 1, unfit: [] });
    expect(excuse(stream(finding("a/b")), [dated], "2026-11-24")).toMatchObject({
      excused: 0,
      unfit: [{ entry: dated, why: "expired" }],
    });
  });
});

describe("a baseline", () => {
  it("is written sorted, with what was said of an entry before", () => {
    const before = [entry("a/b|tool_result|/id|1", { reason: "known", owner: "Ada", expires: "2027-01-01" })];
    const entries = entriesFor(stream(finding("c/d"), finding("a/b")), "a.sse", before);
    const text = renderBaseline({ ssert: 1, entries });
    expect(parseBaseline(text, "b.json").entries).toEqual([...before, entry("c/d|tool_result|/id|1")]);
  });

  it("may begin with a byte order mark, as editors on Windows write it", () => {
    expect(parseBaseline('\uFEFF{"ssert":1,"entries":[]}\r\n', "b.json")).toEqual({ ssert: 1, entries: [] });
  });

  it.each([
    ["no JSON", "{", "b.json is not JSON"],
    ["something else", "[]", 'expected {"ssert":1,"entries":[…]}'],
    ["no list", '{"ssert":1,"entries":{}}', "/entries must be a list"],
    ["no object", '{"ssert":1,"entries":[1]}', "/entries/0 must be an object"],
    [
      "a typo in a key",
      '{"ssert":1,"entries":[{"source":"a","finding":"a/b|||1","reson":"x"}]}',
      "did you mean reason?",
    ],
    ["an unknown key", '{"ssert":1,"entries":[{"qqqqqqqq":1}]}', "known are source, finding"],
    ["no source", '{"ssert":1,"entries":[{"finding":"a/b|||1"}]}', "must have source and finding"],
    ["no finding", '{"ssert":1,"entries":[{"source":"a","finding":"a/b"}]}', "must be RULE|EVENT|PATH|NUMBER"],
    [
      "a number",
      '{"ssert":1,"entries":[{"source":"a","finding":"a/b|||1","owner":1}]}',
      "/entries/0/owner must be a string",
    ],
    [
      "no day",
      '{"ssert":1,"entries":[{"source":"a","finding":"a/b|||1","expires":"2026-02-30"}]}',
      "must be a day such as 2026-12-31",
    ],
  ])("that is %s is refused", (_what, text, message) => {
    expect(() => parseBaseline(text, "b.json")).toThrow(message);
  });
});
