import { readFileSync } from "node:fs";
import { type Report, renderJunit } from "@ssert/report";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finding, invalid, reportOf } from "./streams.ts";
import { elementsOf, parseXml, parseXsd, type XmlElement } from "./xml-tree.ts";

const schema = parseXsd(readFileSync(new URL("../../../schemas/junit.xsd", import.meta.url), "utf8"));

/** The file as a CI server reads it: what `schemas/junit.xsd` allows, with counts that add up. */
function junitOf(report: Report): XmlElement {
  const root = parseXml(renderJunit(report), schema);
  for (const suite of [root, ...root.children]) {
    const count = (kind: string): string => `${elementsOf(suite, kind).length}`;
    expect(suite.attributes).toMatchObject({
      tests: count("testcase"),
      failures: count("failure"),
      errors: count("error"),
    });
  }
  for (const suite of root.children) {
    expect(suite.attributes["skipped"]).toBe(`${elementsOf(suite, "skipped").length}`);
  }
  return root;
}

test("the whole of a small report", () => {
  const related = [
    {
      message: "opened here",
      event: { number: 9, type: "tool_use.start" },
      location: { offset: 1, line: 25, column: 1 },
    },
  ];
  expect(renderJunit(reportOf(invalid({ path: "/id", related })))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ssert" tests="1" failures="1" errors="0" time="0">
<testsuite name="fixtures/x.sse" file="fixtures/x.sse" tests="1" failures="1" errors="0" skipped="0" time="0">
<properties>
<property name="protocol" value="pokee@1"/>
<property name="verdict" value="invalid"/>
<property name="events" value="31"/>
<property name="bytes" value="2048"/>
<property name="findings held back" value="0"/>
</properties>
<testcase name="tool_call/not-open" classname="fixtures/x.sse" time="0">
<failure type="tool_call/not-open" message="\`tool_result\` without an open tool_call b.">fixtures/x.sse:52:7, event 17 tool_result, /id
\`tool_result\` without an open tool_call b.
opened here (fixtures/x.sse:25:1, event 9 tool_use.start)</failure>
</testcase>
</testsuite>
</testsuites>
`);
});

describe("a stream", () => {
  const casesOf = (facts: Parameters<typeof reportOf>[0]): XmlElement[] =>
    elementsOf(junitOf(reportOf(facts)), "testcase");

  test("that is valid is one test that passed, and says by what", () => {
    expect(casesOf({})).toMatchObject([{ attributes: { name: "conforms to pokee@1" }, children: [] }]);
    expect(casesOf({ protocol: null })).toMatchObject([
      { attributes: { name: "conforms to the framing of event streams" }, children: [] },
    ]);
  });

  test("is one failed test a rule, sorted, with all places in it", () => {
    const late = { rule: "message/closed", location: { offset: 9000, line: 300, column: 1 } };
    const again = { message: "Once more.", location: { offset: 1300, line: 60, column: 7 } };
    const [closed, notOpen, ...more] = casesOf(invalid({}, again, late));
    expect(more).toEqual([]);
    expect(closed?.attributes["name"]).toBe("message/closed");
    expect(notOpen?.attributes["name"]).toBe("tool_call/not-open");
    expect(notOpen?.children).toMatchObject([
      { name: "failure", attributes: { message: "`tool_result` without an open tool_call b. (and 1 more)" } },
    ]);
    expect(notOpen?.children[0]?.text).toContain("fixtures/x.sse:52:7");
    expect(notOpen?.children[0]?.text).toContain("fixtures/x.sse:60:7, event 17 tool_result\nOnce more.");
  });

  test("with warnings passes, and tells them", () => {
    const warning = finding({ severity: "warning", rule: "event/unknown-type" });
    const suite = junitOf(reportOf({ findings: [warning] }));
    expect(elementsOf(suite, "testcase")).toMatchObject([{ children: [] }]);
    expect(elementsOf(suite, "system-out").map(({ text }) => text)).toEqual([
      "warning: event/unknown-type\nfixtures/x.sse:52:7, event 17 tool_result\n`tool_result` without an open tool_call b.",
    ]);
  });

  test("that could not be read is an error, and keeps what was found before", () => {
    const [unread, found] = casesOf({ ...invalid({}), verdict: "unreadable", reason: "EACCES: permission denied" });
    expect(unread?.children).toMatchObject([
      { name: "error", attributes: { type: "unreadable", message: "EACCES: permission denied" } },
    ]);
    expect(found?.children).toMatchObject([{ name: "failure" }]);
  });

  test("that is none is skipped", () => {
    expect(casesOf({ verdict: "no-stream", reason: "the response is JSON" })).toMatchObject([
      { children: [{ name: "skipped", attributes: { message: "the response is JSON" } }] },
    ]);
  });

  test("is a file, unless it came from a URL or from standard input", () => {
    const fileOf = (source: string): string | undefined =>
      junitOf(reportOf({ source })).children[0]?.attributes["file"];
    expect(["fixtures/x.sse", "https://api.example.com/x", "-"].map(fileOf)).toEqual([
      "fixtures/x.sse",
      undefined,
      undefined,
    ]);
  });

  test("tells how many findings a baseline excuses", () => {
    const properties = elementsOf(junitOf(reportOf({ excused: 3 })), "property").map(({ attributes }) => attributes);
    expect(properties).toContainEqual({ name: "findings excused", value: "3" });
  });

  test("fails even where all its findings were held back", () => {
    expect(casesOf({ verdict: "invalid", heldBack: 3 })).toMatchObject([
      { children: [{ name: "failure", attributes: { message: "invalid; 3 findings held back" } }] },
    ]);
  });

  test("from standard input has a name", () => {
    expect(casesOf({ source: "-" })).toMatchObject([{ attributes: { classname: "stdin" } }]);
  });
});

test("a run without streams is a file without suites", () => {
  expect(junitOf(reportOf())).toMatchObject({ attributes: { tests: "0" }, children: [] });
});

test("streams keep their order, and their counts add up", () => {
  const report = reportOf({ source: "b.sse" }, invalid({}), { source: "a.sse", verdict: "no-stream", reason: "JSON" });
  const root = junitOf(report);
  expect(root.children.map(({ attributes }) => attributes["name"])).toEqual(["b.sse", "fixtures/x.sse", "a.sse"]);
  expect(root.attributes).toMatchObject({ tests: "3", failures: "1" });
});

describe("a hostile stream", () => {
  test("cannot leave its element, and nothing in it is lost or acts upon a terminal", () => {
    const hostile = `</failure>]]><!-- & "quoted" 'x' &lt; <?php\u0000\u001b[31m\r\n\ud800\uffff\ufffe\u202e`;
    const shown = `</failure>]]><!-- & "quoted" 'x' &lt; <?php␀␛[31m␍␊<U+D800>\ufffd\ufffd<U+202E>`;
    const [test] = elementsOf(
      junitOf(reportOf({ source: hostile, ...invalid({ rule: hostile, message: hostile, path: hostile }) })),
      "testcase",
    );
    expect(test?.attributes).toEqual({ name: shown, classname: shown, time: "0" });
    expect(test?.children[0]?.attributes["message"]).toBe(shown);
    expect(test?.children[0]?.text.split("\n")[1]).toBe(shown);
  });

  test("is well-formed XML, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom("invalid", "unreadable", "no-stream"),
        (text, verdict) => {
          const facts = invalid({ rule: text, message: text, related: [{ message: text }] });
          junitOf(reportOf({ ...facts, source: text, protocol: text, verdict, reason: text }));
        },
      ),
    );
  });
});
