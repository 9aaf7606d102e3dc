import {
  type Report,
  renderGithub,
  renderJson,
  renderJunit,
  renderNdjson,
  renderPretty,
  renderSarif,
} from "@ssert/report";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finding, framesOf, reportOf } from "./streams.ts";

// As the runner of GitHub Actions looks for commands in a line of a step's log (actions/runner, ActionCommand.cs).
const NAMES =
  "add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|notice|save-state|set-env|set-output|stop-commands|warning";
const NEW = new RegExp(`^\\s*::(?:${NAMES})(?: [^]*?)?::`);
const OLD = new RegExp(`##\\[(?:${NAMES})(?: [^\\]]*)?\\]`);

function commandsIn(log: string): string[] {
  return log.split(/\r\n|\r|\n/).filter((line) => NEW.test(line) || OLD.test(line));
}

const FORGERIES = [
  "::error file=app.js,line=1::forged",
  "::stop-commands::token",
  "##[error]forged",
  "##[add-mask]x",
  "## [error] ##[warning ]forged",
];

/** The forgery wherever a stream, a file's name or a server's words can put one. */
function forged(text: string): Report {
  const words = `${"long words come first ".repeat(6)}${text} ${"and then some more ".repeat(4)}`;
  const related = [{ message: words, event: { number: 2, type: text }, location: { offset: 0, line: 1, column: 1 } }];
  const event = { number: 3, type: text };
  return reportOf(
    { source: text, verdict: "invalid", findings: [finding({ message: words, event, path: `/${text}`, related })] },
    { source: `${text}/x.sse`, verdict: "invalid", findings: [finding({ message: text }), finding({ message: text })] },
    { source: text, protocol: text, verdict: "unreadable", reason: words },
    { source: "x.sse", verdict: "no-stream", reason: text },
    { source: "y.sse", findings: [finding({ severity: "warning", message: words })] },
  );
}

const render = {
  pretty: (report: Report, width: number) =>
    renderPretty(report, { width, frames: framesOf(`${FORGERIES.join("\n")}\n`.repeat(20)) }),
  json: renderJson,
  ndjson: renderNdjson,
  junit: renderJunit,
  sarif: (report: Report) => renderSarif(report),
};

describe.each(Object.entries(render))("%s in a log of GitHub Actions", (_, show) => {
  it.each(FORGERIES)("makes no command of %s", (text) => {
    for (let width = 60; width <= 120; width++) expect(commandsIn(show(forged(text), width))).toEqual([]);
  });

  it("makes none of whatever a stream holds, wherever its lines are wrapped", () => {
    const part = fc.constantFrom(
      "::",
      "error",
      " ",
      "##",
      "[",
      "]",
      "::error::",
      "##[error]",
      "a",
      "\n",
      "\r",
      "\u0085",
      "\u001b[0m",
    );
    const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.integer({ min: 60, max: 120 }), (words, width) => {
        expect(commandsIn(show(forged(words), width))).toEqual([]);
      }),
    );
  });
});

it("JSON, SARIF and XML mean the same as without: only their spelling differs", () => {
  const report = forged("##[error]x");
  expect(JSON.parse(renderJson(report)).streams[0].source).toBe("##[error]x");
  expect(JSON.parse(renderSarif(report)).runs[0].results[1].message.text).toContain("##[error]x");
  expect(renderJunit(report)).toContain("##&#91;error]x");
});

it("the github format makes commands of its own only: one a line, at most ten of a kind and one notice", () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    finding({ message: FORGERIES[index % FORGERIES.length] ?? "", severity: index % 2 === 0 ? "error" : "warning" }),
  );
  const lines = renderGithub(reportOf({ verdict: "invalid", findings: many }, ...forged("::error::x").streams))
    .trimEnd()
    .split("\n");
  const kinds = lines.map((line) => /^::(error|warning|notice) /.exec(line)?.[1]);
  expect(kinds.filter((kind) => kind === "error")).toHaveLength(10);
  expect(kinds.filter((kind) => kind === "warning")).toHaveLength(10);
  expect(kinds.filter((kind) => kind === "notice")).toHaveLength(1);
  expect(lines).toHaveLength(21);
});
