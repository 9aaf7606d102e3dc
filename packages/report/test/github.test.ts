import { renderGithub } from "@ssert/report";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finding, invalid, reportOf } from "./streams.ts";

interface Annotation {
  readonly kind: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Reads a log as GitHub's runner does (actions/runner, ActionCommand.TryParseV2), and refuses what is no annotation. */
function annotationsOf(log: string): Annotation[] {
  expect(log.endsWith("\n")).toBe(true);
  return log
    .slice(0, -1)
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const end = line.indexOf("::", 2);
      expect(line.startsWith("::") && end > 2, line).toBe(true);
      const [kind = "", ...rest] = line.slice(2, end).split(" ");
      const pairs = rest.join(" ").split(",");
      const properties = pairs.map((pair): [string, string] => {
        const at = pair.indexOf("=");
        return [pair.slice(0, at), unescaped(pair.slice(at + 1))];
      });
      return { kind, properties: Object.fromEntries(properties), text: unescaped(line.slice(end + 2)) };
    });
}

const unescaped = (text: string): string =>
  text
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");

const summaryOf = (log: string): Annotation | undefined => annotationsOf(log).at(-1);

test("a rule that is broken once is not hidden by one that is broken a hundred times", () => {
  const often = Array.from({ length: 100 }, (_, n) => ({ location: { offset: n, line: n + 1, column: 1 } }));
  const once = { rule: "z/last", location: { offset: 900, line: 900, column: 1 } };
  const titles = renderGithub(reportOf(invalid(...often, once), { verdict: "unreadable", reason: "EACCES" }))
    .split("\n")
    .flatMap((line) => /^::error .*title=([^:]+)::/.exec(line)?.[1] ?? []);
  expect(titles).toEqual(["unreadable", ...Array.from({ length: 8 }, () => "tool_call/not-open"), "z/last"]);
});

test("a file is named as the repository has it, so that it is found", () => {
  const report = reportOf({ source: "./tapes/./x.sse", ...invalid({}) }, { source: "./y.sse", verdict: "unreadable" });
  expect(renderGithub(report)).toMatch(/^::error file=y\.sse,.*\n::error file=tapes\/x\.sse,/);
});

test("an error stands at its line, with its event and the other place; then the summary", () => {
  const related = [
    {
      message: "opened here",
      event: { number: 9, type: "tool_use.start" },
      location: { offset: 1, line: 25, column: 1 },
    },
  ];
  expect(renderGithub(reportOf(invalid({ path: "/id", related })))).toBe(
    "::error file=fixtures/x.sse,line=52,col=7,title=tool_call/not-open::`tool_result` without an open tool_call b.%0A" +
      "event 17 tool_result, /id%0Aopened here (fixtures/x.sse:25:1, event 9 tool_use.start)\n" +
      "::notice title=ssert::1 stream: 1 invalid · 1 error, 0 warnings\n",
  );
});

test("streams without findings are only summed up", () => {
  expect(renderGithub(reportOf({}, { verdict: "no-stream", reason: "JSON" }))).toBe(
    "::notice title=ssert::2 streams: 1 valid, 1 not judged · 0 errors, 0 warnings\n",
  );
});

test("a finding without a place is at its file", () => {
  const { location: _, event: __, ...nowhere } = finding({ rule: "http/status", message: "Status 500." });
  const log = renderGithub(reportOf({ verdict: "invalid", findings: [nowhere] }));
  expect(annotationsOf(log)[0]).toEqual({
    kind: "error",
    properties: { file: "fixtures/x.sse", title: "http/status" },
    text: "Status 500.",
  });
});

test.each([
  ["-", "stdin"],
  ["https://api.example.com/a", "https://api.example.com/a"],
  ["HTTPS://api.example.com/a", "HTTPS://api.example.com/a"],
])("%s is no file: it is named in the text", (source, name) => {
  const [found, unread] = annotationsOf(
    renderGithub(reportOf({ source, ...invalid({}) })) +
      renderGithub(reportOf({ source, verdict: "unreadable", reason: "gone" })),
  ).filter(({ kind }) => kind === "error");
  expect(found?.properties).not.toHaveProperty("file");
  expect(found?.text).toContain(`\n${name}, event 17`);
  expect(unread).toEqual({ kind: "error", properties: { title: "unreadable" }, text: `gone\n${name}` });
});

describe("within GitHub's cap of 10 a step", () => {
  const many = (count: number, facts: object): object[] => Array.from({ length: count }, () => facts);
  const warning = { severity: "warning", rule: "event/unknown-type" } as const;

  test("10 errors and 10 warnings are shown whole", () => {
    const log = renderGithub(reportOf(invalid(...many(10, {}), ...many(10, warning))));
    expect(annotationsOf(log).map(({ kind }) => kind)).toEqual([
      ...Array<string>(10).fill("error"),
      ...Array<string>(10).fill("warning"),
      "notice",
    ]);
    expect(summaryOf(log)?.text).toBe("1 stream: 1 invalid · 10 errors, 10 warnings");
  });

  test("of more, the first are shown, errors before warnings, and the summary counts the rest", () => {
    const log = renderGithub(reportOf(invalid(...many(12, warning)), invalid(...many(11, {}))));
    const kinds = annotationsOf(log).map(({ kind }) => kind);
    expect([kinds.indexOf("warning"), kinds.lastIndexOf("warning"), kinds.length]).toEqual([10, 19, 21]);
    expect(summaryOf(log)?.text).toBe(
      "2 streams: 2 invalid · 11 errors, 12 warnings; not shown here: 1 more error and 2 more warnings",
    );
  });

  test("what could not be read comes before all errors", () => {
    const log = renderGithub(
      reportOf(invalid(...many(30, {})), {
        source: "b.sse",
        verdict: "unreadable",
        reason: "EACCES: permission denied",
      }),
    );
    expect(annotationsOf(log)[0]).toEqual({
      kind: "error",
      properties: { file: "b.sse", title: "unreadable" },
      text: "EACCES: permission denied",
    });
    expect(annotationsOf(log)).toHaveLength(11);
    expect(summaryOf(log)?.text).toMatch(/not shown here: 21 more errors$/);
  });
});

describe("a hostile stream", () => {
  const HOSTILE = "a\n::error::forged\r\n%0A::add-mask::x\u001b[31m\u202e\ud800,line=9::b";

  test("cannot forge a command, by its name, an event's type, a path or a message", () => {
    const log = renderGithub(
      reportOf({
        source: HOSTILE,
        ...invalid({
          rule: HOSTILE,
          message: HOSTILE,
          path: HOSTILE,
          event: { number: 1, type: HOSTILE },
          related: [{ message: HOSTILE }],
        }),
      }),
    );
    const [error, notice, ...more] = annotationsOf(log);
    expect([error?.kind, notice?.kind, more]).toEqual(["error", "notice", []]);
    expect(Object.keys(error?.properties ?? {})).toEqual(["file", "line", "col", "title"]);
    expect(error?.properties["line"]).toBe("52");
    expect(error?.text.split("\n")).toHaveLength(3);
    expect(error?.text).toContain("a␊::error::forged␍␊%0A::add-mask::x␛[31m<U+202E><U+D800>,line=9::b");
  });

  test("cannot make an annotation that nobody can read", () => {
    const long = "x".repeat(1_000_000);
    const event = { number: 1, type: long };
    const log = renderGithub(reportOf(invalid({ message: long, event, related: [{ message: long, event }] })));
    expect(log.length).toBeLessThan(7000);
  });

  test("gives two lines, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const annotations = annotationsOf(
          renderGithub(reportOf({ source: text, ...invalid({ rule: text, message: text }) })),
        );
        expect(annotations).toHaveLength(2);
      }),
    );
  });
});
