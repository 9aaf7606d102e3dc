import { type Report, renderJson, type StreamReport } from "@ssert/report";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectReportSchema, matchesReportSchema } from "./report-schema.ts";
import { finding, invalid, reportOf, stream } from "./streams.ts";

function expectSchema(json: string): void {
  expectReportSchema(JSON.parse(json));
}

test("the report of the design page, to the letter", () => {
  const related = [
    {
      message: "opened here",
      event: { number: 9, type: "tool_use.start" },
      location: { offset: 640, line: 25, column: 1 },
    },
  ];
  const json = renderJson(reportOf({}, invalid({ path: "/id", related })));
  expect(json).toBe(`{
  "ssert": 1,
  "summary": {
    "streams": 2,
    "valid": 1,
    "invalid": 1,
    "truncated": 0,
    "noStream": 0,
    "unreadable": 0,
    "errors": 1,
    "warnings": 0
  },
  "streams": [
    {
      "source": "fixtures/x.sse",
      "protocol": "pokee@1",
      "verdict": "valid",
      "events": 31,
      "bytes": 2048,
      "findings": [],
      "heldBack": 0
    },
    {
      "source": "fixtures/x.sse",
      "protocol": "pokee@1",
      "verdict": "invalid",
      "events": 31,
      "bytes": 2048,
      "findings": [
        {
          "rule": "tool_call/not-open",
          "severity": "error",
          "message": "\`tool_result\` without an open tool_call b.",
          "event": {
            "number": 17,
            "type": "tool_result"
          },
          "location": {
            "offset": 1203,
            "line": 52,
            "column": 7
          },
          "path": "/id",
          "related": [
            {
              "message": "opened here",
              "event": {
                "number": 9,
                "type": "tool_use.start"
              },
              "location": {
                "offset": 640,
                "line": 25,
                "column": 1
              }
            }
          ]
        }
      ],
      "heldBack": 0
    }
  ]
}
`);
  expectSchema(json);
});

test("the order of keys does not depend on how a report was put together", () => {
  const related = [{ message: "here", event: { number: 1, type: null }, location: { offset: 0, line: 1, column: 1 } }];
  const report = reportOf(invalid({ path: "", related }), { verdict: "unreadable", reason: "why" });
  const turned: Report = JSON.parse(JSON.stringify(report), (_key, value) => {
    const object = typeof value === "object" && value !== null && !Array.isArray(value);
    return object ? Object.fromEntries(Object.entries(value).toReversed()) : value;
  });
  expect(Object.keys(turned)).toEqual(["streams", "summary", "ssert"]);
  expect(renderJson(turned)).toBe(renderJson(report));
});

test("what somebody added to a finding does not slip into the format", () => {
  const extended = { ...finding(), internal: 1 };
  expect(renderJson(reportOf({ findings: [extended] }))).not.toContain("internal");
});

test("a path to the whole of the data is kept", () => {
  expect(renderJson(reportOf(invalid({ path: "" })))).toContain('"path": ""');
});

describe("held against schemas/report.schema.json", () => {
  const verdicts: StreamReport["verdict"][] = ["valid", "invalid", "truncated", "no-stream", "unreadable"];
  test.each(verdicts)("a stream that is %s", (verdict) => {
    expectSchema(renderJson(reportOf(stream({ verdict, protocol: null, reason: "because" }))));
  });

  test("a finding without any place, and one at the end of input", () => {
    const { event, location, ...response } = finding({ rule: "http/status" });
    expectSchema(
      renderJson(reportOf(invalid(response), { findings: [{ ...response, ...(location && { location }) }] })),
    );
    expect(event).toBeDefined();
  });

  test("the schema refuses what is no report", () => {
    const broken = (change: object): boolean => matchesReportSchema({ ...reportOf(stream()), ...change });
    expect(broken({})).toBe(true);
    expect(broken({ ssert: 2 })).toBe(false);
    expect(broken({ streams: [{ ...stream(), verdict: "fine" }] })).toBe(false);
    expect(broken({ streams: [{ ...stream(), verdict: "unreadable" }] })).toBe(false);
    expect(broken({ streams: [{ ...stream(), findings: [finding({ rule: "no scope" })] }] })).toBe(false);
    const nowhere = finding({ location: { offset: -1, line: 0, column: 0 } });
    expect(broken({ streams: [{ ...stream(), findings: [nowhere] }] })).toBe(false);
  });
});

test("any text comes back as it was, and nothing in it can act upon a terminal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const json = renderJson(reportOf({ source: text, ...invalid({ message: text }) }));
      expect(JSON.parse(json)).toMatchObject({ streams: [{ source: text, findings: [{ message: text }] }] });
      expect(json).not.toMatch(/[^\n\P{Cc}]|[\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
  expect(renderJson(reportOf({ source: "\u009b2J\u202e" }))).toContain(String.raw`"\u009b2J\u202e"`);
});

test("is laid out as JSON.stringify lays it out, whatever it holds", () => {
  for (const report of [
    reportOf(),
    reportOf({ source: 'a\n"b"' }, invalid({ message: "x\n    y" }), { verdict: "unreadable", reason: "" }),
  ]) {
    const text = renderJson(report);
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  }
});
