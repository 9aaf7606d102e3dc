import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { type Report, type RuleDescription, renderSarif, type SarifOptions, type StreamReport } from "@ssert/report";
import { Ajv } from "ajv";
import fc from "fast-check";
import type { Log, Run } from "sarif";
import { describe, expect, test } from "vitest";
import { finding, invalid, reportOf } from "./streams.ts";

// The official schema is of draft 04, of which Ajv only has to be spared the names: it uses nothing that has changed since.
const { $schema: _, id: __, ...draft } = schema;
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  unicodeRegExp: false, // one of its patterns is no pattern with the flag
  formats: {
    uri: (text: string): boolean => URL.canParse(text),
    "uri-reference": /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/,
    "date-time": true,
  },
});
const matchesSchema = ajv.compile<Log>(draft);

function runOf(report: Report, options?: SarifOptions): Run {
  const log: unknown = JSON.parse(renderSarif(report, options));
  const matches = matchesSchema(log);
  expect(matchesSchema.errors ?? []).toEqual([]);
  const [run] = matches ? log.runs : [];
  if (run === undefined) throw new Error("a log has a run");
  return run;
}

const NOT_OPEN: RuleDescription = {
  id: "tool_call/not-open",
  severity: "error",
  title: "A tool_call is opened before anything happens in it",
  source: "tool_result follows tool_use.",
};

test("a finding is a result with its place, the other place, its rule and what the protocol calls them", () => {
  const related = [
    {
      message: "opened here",
      event: { number: 9, type: "tool_use.start" },
      location: { offset: 640, line: 25, column: 1 },
    },
  ];
  const run = runOf(reportOf(invalid({ path: "/id", related })), { rules: [NOT_OPEN], version: "1.2.3" });
  const uri = { artifactLocation: { uri: "fixtures/x.sse" } };
  expect(run.results).toEqual([
    {
      ruleId: "tool_call/not-open",
      ruleIndex: 0,
      level: "error",
      message: { text: "`tool_result` without an open tool_call b. ([opened here](1))" },
      locations: [{ physicalLocation: { ...uri, region: { startLine: 52, startColumn: 7, byteOffset: 1203 } } }],
      relatedLocations: [
        {
          id: 1,
          message: { text: "opened here" },
          physicalLocation: { ...uri, region: { startLine: 25, startColumn: 1, byteOffset: 640 } },
          properties: { event: { number: 9, type: "tool_use.start" } },
        },
      ],
      partialFingerprints: {
        primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/),
        "ssert/v1": "tool_call/not-open|tool_result|/id|1",
      },
      properties: { protocol: "pokee@1", event: { number: 17, type: "tool_result" }, path: "/id" },
    },
  ]);
  expect(run.tool.driver).toEqual({
    name: "ssert",
    semanticVersion: "1.2.3",
    rules: [
      {
        id: "tool_call/not-open",
        shortDescription: { text: NOT_OPEN.title },
        fullDescription: { text: NOT_OPEN.title },
        help: {
          text: `${NOT_OPEN.title}. Source: tool_result follows tool_use.`,
          markdown: String.raw`A tool\_call is opened before anything happens in it.

Source: tool\_result follows tool\_use.`,
        },
        defaultConfiguration: { level: "error" },
        properties: { tags: ["tool_call"], precision: "very-high", "problem.severity": "error" },
      },
    ],
  });
});

test("places are counted as the streams are: UTF-16 columns, and lines that CR ends, too", () => {
  expect(runOf(reportOf())).toMatchObject({
    columnKind: "utf16CodeUnits",
    newlineSequences: ["\r\n", "\n", "\r"],
    results: [],
  });
});

describe("rules", () => {
  const unknown = { ...NOT_OPEN, id: "event/unknown-type", severity: "warning" } as const;
  const findings = [{ rule: "z/last" }, { rule: "event/unknown-type", severity: "warning" } as const, {}];

  test("are those of the findings, sorted, each result pointing at its own", () => {
    const { tool, results = [] } = runOf(reportOf(invalid(...findings)), { rules: [NOT_OPEN, unknown] });
    const ids = tool.driver.rules?.map(({ id }) => id);
    expect(ids).toEqual(["event/unknown-type", "tool_call/not-open", "z/last"]);
    expect(results.map(({ ruleIndex = -1 }) => ids?.[ruleIndex])).toEqual(results.map(({ ruleId }) => ruleId));
    expect(results.map(({ level }) => level)).toEqual(["error", "warning", "error"]);
  });

  test("that nobody describes have their id", () => {
    const [rule] = runOf(reportOf(invalid({ rule: "z/last", severity: "warning" }))).tool.driver.rules ?? [];
    expect(rule).toMatchObject({ shortDescription: { text: "z/last" }, defaultConfiguration: { level: "warning" } });
  });

  test("of the protocol that is named first count", () => {
    const other = { ...NOT_OPEN, title: "Another protocol's words" };
    const [rule] = runOf(reportOf(invalid({})), { rules: [NOT_OPEN, other] }).tool.driver.rules ?? [];
    expect(rule?.shortDescription?.text).toBe(NOT_OPEN.title);
  });

  test("link to the address that their source names", () => {
    const helpUris = ["see https://example.com/a_b(c).", "ftp://x", "nowhere"].map(
      (source) => runOf(reportOf(invalid({})), { rules: [{ ...NOT_OPEN, source }] }).tool.driver.rules?.[0]?.helpUri,
    );
    expect(helpUris).toEqual(["https://example.com/a_b(c", undefined, undefined]);
  });

  test("are explained in Markdown that has code and no other sign of its own", () => {
    const title = "Send `a_b` <b>now</b> & [x](y) *or* not";
    const [rule] =
      runOf(reportOf(invalid({})), { rules: [{ ...NOT_OPEN, title, source: "one ` only" }] }).tool.driver.rules ?? [];
    expect(rule?.help?.markdown).toBe(
      "Send `a_b` \\<b\\>now\\</b\\> \\& \\[x\\](y) \\*or\\* not.\n\nSource: one ' only",
    );
  });

  test("that a protocol has off are disabled", () => {
    const rules = [{ ...NOT_OPEN, severity: "off" as const }];
    expect(runOf(reportOf(invalid({})), { rules }).tool.driver.rules?.[0]?.defaultConfiguration).toEqual({
      enabled: false,
    });
  });
});

test("no more results than code scanning takes: errors before warnings, the rest counted", () => {
  const many = (severity: "error" | "warning", length: number): Partial<StreamReport> =>
    invalid(...Array.from({ length }, () => ({ severity })));
  const { results = [], invocations } = runOf(
    reportOf(many("warning", 15_000), many("error", 10_001), many("warning", 1)),
  );
  const levels = Object.groupBy(results, ({ level = "none" }) => level);
  expect([levels.error?.length, levels.warning?.length]).toEqual([10_001, 14_999]);
  expect(results.map(({ level }) => level).slice(14_998, 15_000)).toEqual(["warning", "error"]);
  expect(invocations?.[0]?.toolExecutionNotifications).toEqual([
    {
      level: "warning",
      message: { text: "2 findings left out: code scanning takes 25000 a run; the other formats have all" },
    },
  ]);
});

describe("fingerprints", () => {
  const marks = (...facts: Parameters<typeof invalid>): (string | undefined)[] =>
    (runOf(reportOf(invalid(...facts))).results ?? []).map(
      ({ partialFingerprints = {} }) => partialFingerprints["ssert/v1"],
    );

  test("outlive a new recording: other lines, event numbers, texts and array lengths", () => {
    const recordedAgain = {
      message: "`tool_result` without an open tool_call c.",
      event: { number: 30, type: "tool_result" },
      location: { offset: 9000, line: 300, column: 8 },
    };
    expect(marks({ ...recordedAgain, path: "/content/12/id" })).toEqual(marks({ path: "/content/3/id" }));
  });

  test("tell apart what differs in rule, type, path or is one more", () => {
    const at = (offset: number) => ({ location: { offset, line: 1, column: 1 } });
    const all = marks(
      at(1),
      { ...at(2), rule: "other/rule" },
      { ...at(3), event: { number: 17, type: "tool_use" } },
      { ...at(4), path: "/id" },
      at(5),
    );
    expect(new Set(all).size).toBe(5);
    expect(all.at(-1)).toBe("tool_call/not-open|tool_result||2");
  });

  test("are in the form that code scanning reads, too: the same for the same, with its number", () => {
    const hashes = (runOf(reportOf(invalid({}, {}, { rule: "other/rule" }))).results ?? []).map(
      ({ partialFingerprints = {} }) => partialFingerprints["primaryLocationLineHash"] ?? "",
    );
    const [first = "", second, other = ""] = hashes;
    expect(first).toMatch(/^[0-9a-f]{16}:1$/);
    expect(second).toBe(first.replace(/1$/, "2"));
    expect(other.slice(0, 16)).not.toBe(first.slice(0, 16));
    expect(other).toMatch(/:1$/);
  });

  test("stay short, whatever a type is", () => {
    expect(marks({ event: { number: 1, type: "x".repeat(100_000) } })[0]?.length).toBeLessThan(300);
  });
});

describe("a stream", () => {
  const notificationsOf = (facts: Parameters<typeof reportOf>[0]) => runOf(reportOf(facts)).invocations?.[0];

  test("that could not be read is an error of the run", () => {
    expect(notificationsOf({ verdict: "unreadable", reason: "EACCES" })).toEqual({
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: "error",
          message: { text: "EACCES" },
          locations: [{ physicalLocation: { artifactLocation: { uri: "fixtures/x.sse" } } }],
        },
      ],
    });
  });

  test("that is none, or has more findings than are kept, is noted", () => {
    expect(notificationsOf({ verdict: "no-stream", reason: "JSON" })).toMatchObject({
      executionSuccessful: true,
      toolExecutionNotifications: [{ level: "note", message: { text: "JSON" } }],
    });
    expect(notificationsOf({ ...invalid({}), heldBack: 2 })).toMatchObject({
      executionSuccessful: true,
      toolExecutionNotifications: [{ level: "note", message: { text: "2 findings held back" } }],
    });
  });

  test.each([
    ["tapes/a b#1%?.sse", "tapes/a%20b%231%25%3F.sse"],
    ["./tapes/./x.sse", "tapes/x.sse"],
    ["../tapes/.x/..sse", "../tapes/.x/..sse"],
    ["C:x.sse", "C%3Ax.sse"],
    ["/tmp/ä.sse", "file:///tmp/%C3%A4.sse"],
    ["C:\\tapes\\x.sse", "file:///C%3A/tapes/x.sse"],
    ["https://api.example.com/a?b=c", "https://api.example.com/a?b=c"],
    ["HTTPS://api.example.com/a", "https://api.example.com/a"],
    ["-", "stdin"],
    ["\ud800.sse", "%EF%BF%BD.sse"],
  ])("%j is a URI reference", (source, uri) => {
    const [result] = runOf(reportOf({ source, ...invalid({}) })).results ?? [];
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({ uri });
  });

  test("with a finding about the response as a whole is at its first line, where code scanning shows it", () => {
    const { location: _place, event: _event, ...nowhere } = finding({ rule: "http/status" });
    const [result] = runOf(reportOf({ verdict: "invalid", findings: [nowhere] })).results ?? [];
    expect(result?.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: "fixtures/x.sse" }, region: { startLine: 1 } } },
    ]);
  });
});

describe("a hostile stream", () => {
  test("makes no link, and moves no terminal", () => {
    const hostile = "[click \\](https://evil.example) {0}\u001b[2J\n\ud800\u202e";
    const [result] = runOf(reportOf(invalid({ message: hostile, related: [{ message: hostile }] }))).results ?? [];
    const shown = String.raw`\[click \\\](https://evil.example) {0}␛\[2J␊<U+D800><U+202E>`;
    expect(result?.message.text).toBe(shown);
    expect(result?.relatedLocations?.[0]?.message?.text).toBe(shown);
    const at = { offset: 1, line: 1, column: 1 };
    const facts = { message: hostile, related: [{ message: hostile, location: at }] };
    expect(runOf(reportOf(invalid(facts))).results?.[0]?.message.text).toBe(
      String.raw`${shown} ([\[click \\\](https://evil.example) {0}␛\[2J␊<U+D800><U+202E>](1))`,
    );
    expect(runOf(reportOf(invalid({ message: "a[0] {}" }))).results?.[0]?.message.text).toBe("a[0] {}");
  });

  test("fits the schema, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const event = { number: 1, type: text };
        const facts = { rule: text, message: text, path: text, event, related: [{ message: text, event }] };
        const report = reportOf({ source: text, protocol: text, ...invalid(facts) });
        runOf(report);
        const sarif = renderSarif(report);
        expect(sarif).not.toMatch(/[^\n\P{Cc}]|[\u202a-\u202e]|\\ud[89a-f]/u);
      }),
    );
  });
});

test("the schema refuses what is no log", () => {
  const broken = (change: object): boolean => {
    const log: object = JSON.parse(renderSarif(reportOf(invalid({}))));
    return matchesSchema({ ...log, ...change });
  };
  expect(broken({})).toBe(true);
  expect(broken({ version: "2.0.0" })).toBe(false);
  expect(broken({ runs: [{}] })).toBe(false);
  expect(
    broken({ runs: [{ tool: { driver: { name: "x" } }, results: [{ level: "fatal", message: { text: "" } }] }] }),
  ).toBe(false);
});
