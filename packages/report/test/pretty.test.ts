import { styleText } from "node:util";
import { renderPretty } from "@ssert/report";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finding, framesOf, invalid, reportOf } from "./streams.ts";

describe("streams without findings", () => {
  test("take one line each", () => {
    const report = reportOf(
      { source: "a.sse" },
      { source: "b.sse", protocol: null, events: 1, bytes: 1 },
      { source: "c.sse", verdict: "no-stream", reason: "the response is application/json" },
    );
    expect(renderPretty(report)).toBe(
      [
        "✓ a.sse  pokee@1  valid  31 events, 2.0 kB",
        "✓ b.sse  wire rules only  valid  1 event, 1 byte",
        "– c.sse  not a stream: the response is application/json",
        "",
        "3 streams: 2 valid, 1 not judged · 0 errors, 0 warnings",
        "",
      ].join("\n"),
    );
  });

  test("are counted when there are many, by what they were checked for", () => {
    const many = Array.from({ length: 1200 }, (_, index) => ({
      source: `${index}.sse`,
      protocol: index < 1000 ? "pokee@1" : null,
    }));
    const lines = renderPretty(reportOf(...many, invalid({}))).split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "✓ valid without findings (pokee@1): 1,000 streams",
      "✓ valid without findings (wire rules only): 200 streams",
      "",
    ]);
    expect(lines.at(-2)).toBe("1,201 streams: 1,200 valid, 1 invalid · 1 error, 0 warnings");
  });

  test("come before those with findings, whatever the order of the inputs", () => {
    const text = renderPretty(reportOf({ source: "bad.sse", ...invalid({}) }, { source: "good.sse" }));
    expect(text.indexOf("good.sse")).toBeLessThan(text.indexOf("bad.sse"));
  });

  test("a valid stream with a warning is shown with it", () => {
    const text = renderPretty(reportOf({ findings: [finding({ severity: "warning", rule: "sse/id" })] }));
    expect(text).toContain("✓ fixtures/x.sse  pokee@1  valid");
    expect(text).toContain("  warning  sse/id  fixtures/x.sse:52:7");
    expect(text).toContain("1 stream: 1 valid · 0 errors, 1 warning");
  });
});

describe("a finding", () => {
  test("names severity, rule, place and event, then its message, the line and the other place", () => {
    const frames = framesOf('event: tool_use.start\ndata: {"id":"a"}\n\nevent: tool_result\ndata: {"id":"b"}\n');
    const report = reportOf(
      invalid({
        location: { offset: 70, line: 5, column: 7 },
        path: "/id",
        related: [
          {
            message: "opened here",
            event: { number: 9, type: "tool_use.start" },
            location: { offset: 28, line: 2, column: 7 },
          },
        ],
      }),
    );
    expect(renderPretty(report, { frames })).toBe(
      [
        "✗ fixtures/x.sse  pokee@1  invalid  31 events, 2.0 kB",
        "",
        "  error  tool_call/not-open  fixtures/x.sse:5:7  event 17 tool_result",
        "    `tool_result` without an open tool_call b.",
        "",
        "      4 │ event: tool_result",
        '      5 │ data: {"id":"b"}',
        "        │       ^ /id",
        "",
        "    opened here  fixtures/x.sse:2:7  event 9 tool_use.start",
        "",
        "      1 │ event: tool_use.start",
        '      2 │ data: {"id":"a"}',
        "        │       ^",
        "",
        "1 stream: 1 invalid · 1 error, 0 warnings",
        "",
      ].join("\n"),
    );
  });

  test("does without a frame where the lines cannot be had, and without a place where it has none", () => {
    const { event: _event, location: _location, ...response } = finding({ rule: "http/status", message: "Got 500." });
    const report = reportOf({ verdict: "invalid", findings: [response, finding()] });
    const text = renderPretty(report, { frames: { lines: () => undefined } });
    expect(text).toContain("\n  error  http/status\n    Got 500.\n\n  error  tool_call/not-open  fixtures/x.sse:52:7");
    expect(text).not.toContain("│");
  });

  test("in standard input is placed in stdin", () => {
    expect(renderPretty(reportOf({ source: "-", ...invalid({}) }))).toContain("  stdin:52:7  ");
  });

  test("of an event without a type is placed all the same", () => {
    const text = renderPretty(reportOf(invalid({ event: { number: 3, type: null } })));
    expect(text).toContain("fixtures/x.sse:52:7  event 3\n");
  });

  test("has the place of a long related message behind its last line", () => {
    const message = "the id was used first by a tool whose name and input are spelled out here at some length";
    const related = [{ message, location: { offset: 1, line: 1, column: 1 } }];
    const text = renderPretty(reportOf(invalid({ related })), { width: 80 });
    expect(text).toContain("name and input are spelled out here at\n    some length  fixtures/x.sse:1:1\n");
  });

  test("keeps a place together that does not fit behind a short related message", () => {
    const related = [{ message: "opened here, long ago", location: { offset: 1, line: 1, column: 1 } }];
    const source = `${"folder/".repeat(6)}x.sse`;
    const style = (_format: string, text: string): string => `<<<<<<<<<<${text}`;
    const narrow = renderPretty(reportOf({ source, ...invalid({ related }) }), { width: 60, style });
    expect(narrow).toContain(`\n    opened here, long ago\n    <<<<<<<<<<${source}:1:1`);
    const wide = renderPretty(reportOf({ source, ...invalid({ related }) }), { width: 80, style });
    expect(wide).toContain(`\n    opened here, long ago  <<<<<<<<<<${source}:1:1`);
  });

  test("with a long place has it on its own line, whatever the colours", () => {
    const source = `${"folder/".repeat(8)}x.sse`;
    const style = (_format: string, text: string): string => `<<<<<<<<<<${text}`;
    const narrow = renderPretty(reportOf({ source, ...invalid({ event: { number: 1, type: "a" } }) }), { width: 90 });
    expect(narrow).toContain(`\n  error  tool_call/not-open\n    ${source}:52:7  event 1 a\n    \`tool`);
    const wide = renderPretty(reportOf({ source, ...invalid({}) }), { width: 120, style });
    expect(wide).toContain(`tool_call/not-open  <<<<<<<<<<${source}:52:7`);
  });

  test("at the end of the stream is labelled so", () => {
    const { event: _, ...end } = finding({ location: { offset: 2048, line: 2, column: 1 } });
    const text = renderPretty(reportOf({ verdict: "truncated", findings: [end] }), { frames: framesOf("data: x\n") });
    expect(text).toContain("      1 │ data: x\n      2 │\n        │ ^ the end of the stream\n");
  });

  test("about the whole of the data has no label", () => {
    const location = { offset: 6, line: 1, column: 7 };
    const text = renderPretty(reportOf(invalid({ path: "", location })), { frames: framesOf("data: 1") });
    expect(text).toMatch(/\^$/mu);
  });

  test("beyond the twentieth of a stream goes without its lines", () => {
    const location = { offset: 0, line: 1, column: 1 };
    const findings = Array.from({ length: 25 }, (_, index) => ({ location, message: `Fault ${index}.` }));
    const text = renderPretty(reportOf(invalid(...findings)), { frames: framesOf("data: x") });
    expect(text.match(/1 │ data: x/gu)).toHaveLength(20);
    expect(text).toMatch(/Fault 19.*From here on without the lines of the stream:.*Fault 20/su);
    expect(text.match(/Fault \d+\./gu)).toHaveLength(25);
  });

  test("that says what another has said is only its place", () => {
    const at = (line: number): object => ({ location: { offset: line, line, column: 1 } });
    const related = [{ message: "opened elsewhere" }];
    const report = reportOf(
      invalid(at(1), at(2), at(3), { ...at(4), message: "Another." }, at(5), { ...at(6), related }),
    );
    expect(renderPretty(report).split("\n\n")).toEqual([
      "✗ fixtures/x.sse  pokee@1  invalid  31 events, 2.0 kB",
      expect.stringMatching(/x\.sse:1:1 .*\n {4}`tool_result` without/u),
      [2, 3].map((line) => `  error  tool_call/not-open  fixtures/x.sse:${line}:1  event 17 tool_result`).join("\n"),
      expect.stringMatching(/x\.sse:4:1 .*\n {4}Another\.$/u),
      expect.stringMatching(/x\.sse:5:1 .*tool_result$/u),
      expect.stringMatching(/x\.sse:6:1 .*\n {4}`tool_result` without/u),
      "    opened elsewhere",
      "1 stream: 1 invalid · 6 errors, 0 warnings\n",
    ]);
  });
});

test.each([
  [1, "1 more finding was held back: it follows from a fault above or exceeds the limit"],
  [1234, "1,234 more findings were held back: they follow from a fault above or exceed the limit"],
])("%i findings held back are mentioned in words", (heldBack, words) => {
  expect(renderPretty(reportOf({ ...invalid({}), heldBack }))).toContain(words);
});

test("an unreadable stream says why, and shows what was found before", () => {
  const report = reportOf({ verdict: "unreadable", reason: "event 32 is larger than 16 MiB", findings: [finding()] });
  expect(renderPretty(report)).toContain(
    "✗ fixtures/x.sse  pokee@1  unreadable  31 events, 2.0 kB\n\n    event 32 is larger than 16 MiB\n\n  error  tool",
  );
});

test("a file that could not be opened is not said to have been checked", () => {
  const report = reportOf({ verdict: "unreadable", reason: "it is gone", protocol: null, events: 0, bytes: 0 });
  expect(renderPretty(report)).toContain("✗ fixtures/x.sse  unreadable\n\n    it is gone\n");
});

test("a report without streams says so", () => {
  expect(renderPretty(reportOf())).toBe("0 streams: none · 0 errors, 0 warnings\n");
});

describe("colour", () => {
  const report = reportOf(
    { source: "a.sse" },
    { ...invalid({ related: [{ message: "here" }] }), heldBack: 1 },
    { verdict: "no-stream", reason: "r" },
  );
  const frames = framesOf("data: x");

  test("comes from the host, and without it there is none", () => {
    const coloured = renderPretty(report, {
      frames,
      style: (format, text) => styleText(format, text, { validateStream: false }),
    });
    expect(coloured).toContain("\u001b[31merror\u001b[39m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this is about
    expect(coloured.replace(/\u001b\[\d+m/gu, "")).toBe(renderPretty(report, { frames }));
  });

  test("does not change where lines break", () => {
    const long = reportOf(invalid({ message: "word ".repeat(100) }));
    const marked = renderPretty(long, { style: (_format, text) => `\u0001${text}\u0002` });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the marks of this test
    expect(marked.replace(/[\u0001\u0002]/gu, "")).toBe(renderPretty(long));
  });
});

describe("whatever a stream holds", () => {
  const anything = fc.string({ unit: "binary", maxLength: 400 });

  test("nothing but printable text and line ends reaches the terminal", () => {
    fc.assert(
      fc.property(anything, anything, fc.nat(400), (text, other, column) => {
        const location = { offset: 0, line: 1, column: column + 1 };
        const report = reportOf({
          source: text,
          protocol: other,
          reason: other,
          ...invalid({
            rule: text,
            message: text,
            path: text,
            event: { number: 1, type: text },
            location,
            related: [{ message: other, event: { number: 1, type: other }, location }],
          }),
        });
        const pretty = renderPretty(report, { frames: { lines: () => [{ number: 1, text, column: 1 }] } });
        expect(pretty).not.toMatch(/[^\n\P{Cc}]|\p{Cs}|\p{Zl}|\p{Zp}|(?![\u200c\u200d])\p{Cf}/u);
      }),
    );
  });

  test("an escape sequence is shown, not obeyed", () => {
    const text = "data: \u001b[2J\u001b]0;title\u0007\u009b31m\u202e\r\t\u0000\u007f\u200b\u2028\u2029";
    const pretty = renderPretty(reportOf(invalid({ location: { offset: 0, line: 1, column: 7 } })), {
      frames: { lines: () => [{ number: 1, text }] },
    });
    expect(pretty).toContain("1 │ data: ␛[2J␛]0;title␇<U+009B>31m<U+202E>␍␉␀␡<U+200B><U+2028><U+2029>\n");
  });
});
