import { globSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { builtinProtocol, type Protocol } from "@ssert/protocol";
import type { StreamReport } from "@ssert/report";
import { validateStream } from "@ssert/validate";
import { describe, expect, test } from "vitest";

// The path of a fixture says what it is: `PROTOCOL/valid/NAME.sse`, or `PROTOCOL/broken/SCOPE/WHAT/NAME.sse` after the id of
// its rule.

const FIXTURES = fileURLToPath(new URL("../../../fixtures/", import.meta.url));

/** Valid streams need not be perfect. */
const WARNINGS: Readonly<Record<string, readonly string[]>> = {
  "tool-not-run.sse": ["tool_use/missing"],
  "unknown-event.sse": ["event/unknown-type"],
};

/** Takes a stream beyond the monitor's memory; `@ssert/protocol` tests it with less memory. */
const WITHOUT_FIXTURE = "stream/forgotten";

function builtin(name: string): Protocol {
  const protocol = builtinProtocol(name);
  if (!protocol) throw new Error(`${name} is built in`);
  return protocol;
}

function protocolOf(fixture: string): Protocol {
  return builtin(fixture.split(sep)[0] ?? "");
}

function fixtures(pattern: string): string[] {
  return globSync(pattern, { cwd: FIXTURES }).sort();
}

function validate(fixture: string): Promise<StreamReport> {
  return validateStream({ kind: "file", source: join(FIXTURES, fixture) }, { protocol: () => protocolOf(fixture) });
}

function ruleOf(fixture: string): string {
  const folder = dirname(fixture);
  return `${basename(dirname(folder))}/${basename(folder)}`;
}

const valid = fixtures("*/valid/*.sse");
const broken = fixtures("*/broken/*/*/*.sse");

describe("fixtures/*/valid", () => {
  test("has ten streams or more", () => {
    expect(valid.length).toBeGreaterThanOrEqual(10);
  });

  test.each(valid)("%s", async (fixture) => {
    const report = await validate(fixture);
    expect(report).toMatchObject({ protocol: protocolOf(fixture).id, verdict: "valid", heldBack: 0 });
    expect(report.findings.map(({ rule }) => rule)).toEqual(WARNINGS[basename(fixture)] ?? []);
  });
});

describe("fixtures/*/broken", () => {
  test("have a stream for every rule that pokee turns on, and no other folder", () => {
    const rules = builtin("pokee").rules.filter(({ id, severity }) => severity !== "off" && id !== WITHOUT_FIXTURE);
    const folders = new Set(broken.filter((fixture) => protocolOf(fixture).name === "pokee").map(ruleOf));
    expect([...folders].sort()).toEqual(rules.map(({ id }) => id).sort());
    expect(fixtures("*/broken/**/*.sse")).toEqual(broken);
  });

  test.each(broken)("%s", async (fixture) => {
    const rule = ruleOf(fixture.split(sep).join("/"));
    const severity = protocolOf(fixture).rules.find(({ id }) => id === rule)?.severity;
    const { verdict, findings } = await validate(fixture);
    expect(findings.map((finding) => [finding.rule, finding.severity])).toEqual([[rule, severity]]);
    expect(verdict).toBe(rule === "stream/truncated" ? "truncated" : severity === "error" ? "invalid" : "valid");
  });
});
