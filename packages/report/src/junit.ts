import type { Finding } from "./finding.ts";
import { inertXml } from "./inert.ts";
import { placeText, relatedText } from "./plain-text.ts";
import { count } from "./pretty/count.ts";
import { sourceName } from "./pretty/finding.ts";
import { printable } from "./pretty/printable.ts";
import type { Report, StreamReport } from "./report.ts";
import { withoutDots } from "./uri.ts";
import { element, XML_DECLARATION } from "./xml.ts";

const TIME = { time: 0 } as const;

/**
 * The report as JUnit XML (`schemas/junit.xsd`): a suite for each stream, in it a test for each rule with errors, or one test
 * that passed. Warnings fail nothing and stand in the suite's `system-out`. There is no host and no date, and all times are 0,
 * since some viewers make "NaN" of one that is missing: the same report is the same text.
 *
 * Jenkins' xUnit plugin refuses a file with anything that its junit-10.xsd does not know, so `skipped` is not counted over all
 * suites, and `file` stands at the suite although GitLab would make a link of it at each test: it shows `classname` instead.
 */
export function renderJunit({ streams }: Report): string {
  const suites = streams.map(suiteOf);
  const total = (kind: Outcome): number => suites.reduce((sum, { counts }) => sum + counts[kind], 0);
  const root = element(
    "testsuites",
    { name: "ssert", tests: total("tests"), failures: total("failures"), errors: total("errors"), ...TIME },
    suites.map(({ xml }) => xml),
  );
  return `${XML_DECLARATION}\n${inertXml(root)}\n`;
}

type Outcome = "tests" | "failures" | "errors" | "skipped";

/** One test: its name, and what became of it where it did not pass. */
interface Case {
  readonly name: string;
  readonly outcome?: { readonly kind: Exclude<Outcome, "tests">; readonly xml: string };
}

interface Suite {
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly xml: string;
}

function suiteOf(stream: StreamReport): Suite {
  const name = sourceName(stream.source);
  const cases = casesOf(stream);
  const of = (kind: Outcome): number =>
    cases.filter(({ outcome }) => kind === "tests" || outcome?.kind === kind).length;
  const file = stream.source === "-" || /^https?:/i.test(stream.source) ? {} : { file: withoutDots(name) };
  const tests = cases.map((test) =>
    element("testcase", { name: test.name, classname: name, ...TIME }, test.outcome ? [test.outcome.xml] : []),
  );
  const warnings = stream.findings.filter(({ severity }) => severity === "warning");
  const told = warnings.map((finding) => `warning: ${printable(finding.rule)}\n${textOf(finding, stream)}`);
  const out = told.length === 0 ? [] : [element("system-out", {}, told.join("\n\n"))];
  const counts = { tests: of("tests"), failures: of("failures"), errors: of("errors"), skipped: of("skipped") };
  return {
    counts,
    xml: element("testsuite", { name, ...file, ...counts, ...TIME }, [propertiesOf(stream), ...tests, ...out]),
  };
}

function propertiesOf({ protocol, verdict, events, bytes, heldBack, excused }: StreamReport): string {
  const facts = {
    protocol: protocol ?? "wire rules only",
    verdict,
    events,
    bytes,
    "findings held back": heldBack,
    ...(excused !== undefined && { "findings excused": excused }),
  };
  const list = Object.entries(facts).map(([name, value]) =>
    element("property", { name, value: printable(`${value}`) }),
  );
  return element("properties", {}, list);
}

function casesOf(stream: StreamReport): readonly Case[] {
  const { verdict, findings, heldBack, reason = verdict } = stream;
  const broken = Map.groupBy(
    findings.filter(({ severity }) => severity === "error"),
    ({ rule }) => rule,
  );
  const failed = [...broken]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, all]) => failedCase(rule, all, stream));
  if (verdict === "unreadable") {
    const xml = element("error", { type: "unreadable", message: printable(reason) });
    return [{ name: "the stream can be read", outcome: { kind: "errors", xml } }, ...failed];
  }
  if (failed.length > 0) return failed;
  const name = `conforms to ${printable(stream.protocol ?? "the framing of event streams")}`;
  if (verdict === "valid") return [{ name }];
  if (verdict === "no-stream") {
    return [{ name, outcome: { kind: "skipped", xml: element("skipped", { message: printable(reason) }) } }];
  }
  // All its errors are beyond the limit of findings.
  const xml = element("failure", { type: verdict, message: `${verdict}; ${count(heldBack, "finding")} held back` });
  return [{ name, outcome: { kind: "failures", xml } }];
}

function failedCase(rule: string, findings: readonly Finding[], stream: StreamReport): Case {
  const [first, ...more] = findings;
  const message = printable(first?.message ?? "") + (more.length === 0 ? "" : ` (and ${count(more.length, "more")})`);
  const body = findings.map((finding) => textOf(finding, stream)).join("\n\n");
  const name = printable(rule);
  return { name, outcome: { kind: "failures", xml: element("failure", { type: name, message }, body) } };
}

function textOf(finding: Finding, { source }: StreamReport): string {
  const lines = [placeText(source, finding), printable(finding.message), ...relatedText(source, finding.related)];
  return lines.join("\n");
}
