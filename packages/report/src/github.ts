import type { Finding, Severity } from "./finding.ts";
import { eventText, relatedText } from "./plain-text.ts";
import { count } from "./pretty/count.ts";
import { printable } from "./pretty/printable.ts";
import { plain } from "./pretty/style.ts";
import { renderSummary } from "./pretty/summary.ts";
import type { Report, StreamReport } from "./report.ts";
import { withoutDots } from "./uri.ts";

/**
 * GitHub shows 10 error, 10 warning and 10 notice annotations of a step, and drops the rest without a word (actions/toolkit,
 * docs/problem-matchers.md, "Limitations").
 */
const SHOWN = 10;

/** Of one line of an annotation's text, which stands in a box beside the code. The other formats have it whole. */
const LINE_LIMIT = 2000;

/**
 * The report as workflow commands, which GitHub Actions reads from a step's log and shows beside the lines: streams that
 * could not be read, then errors, then warnings, as many as GitHub shows, and a notice that sums up and counts the rest.
 */
export function renderGithub({ summary, streams }: Report): string {
  const unreadable = streams
    .filter(({ verdict }) => verdict === "unreadable")
    .map((stream) => ({ about: "unreadable", line: annotateStream(stream) }));
  const errors = [...unreadable, ...annotate(streams, "error")];
  const warnings = annotate(streams, "warning");
  const lines = [...chosen(errors), ...chosen(warnings)];
  const rest = [
    ...(errors.length > SHOWN ? [count(errors.length - SHOWN, "more error")] : []),
    ...(warnings.length > SHOWN ? [count(warnings.length - SHOWN, "more warning")] : []),
  ];
  const unshown = rest.length === 0 ? "" : `; not shown here: ${rest.join(" and ")}`;
  const notice = command("notice", { title: "ssert" }, [renderSummary(summary, plain) + unshown]);
  return [...lines, notice].map((line) => `${line}\n`).join("");
}

/** A line, and the rule that it is about. */
interface Annotation {
  readonly about: string;
  readonly line: string;
}

function annotate(streams: readonly StreamReport[], severity: Severity): Annotation[] {
  return streams.flatMap((stream) =>
    stream.findings
      .filter((finding) => finding.severity === severity)
      .map((finding) => ({ about: finding.rule, line: annotateFinding(finding, stream) })),
  );
}

/** As many as are shown, in their order: the first of each rule, so that none hides behind another, then what comes first. */
function chosen(annotations: readonly Annotation[]): readonly string[] {
  const seen = new Set<string>();
  const [firsts, others]: [number[], number[]] = [[], []];
  for (const [index, { about }] of annotations.entries()) {
    (seen.has(about) ? others : firsts).push(index);
    seen.add(about);
  }
  const shown = new Set([...firsts, ...others].slice(0, SHOWN));
  return annotations.flatMap(({ line }, index) => (shown.has(index) ? [line] : []));
}

function annotateFinding(finding: Finding, { source }: StreamReport): string {
  const { rule, severity, message, location, related } = finding;
  const at = { file: fileOf(source), line: location?.line, col: location?.column, title: rule };
  const where = [...(fileOf(source) === undefined ? [nameOf(source)] : []), ...eventText(finding)].join(", ");
  return command(severity, at, [printable(message), ...(where === "" ? [] : [where]), ...relatedText(source, related)]);
}

function annotateStream({ source, reason = "unreadable" }: StreamReport): string {
  const at = { file: fileOf(source), title: "unreadable" };
  return command("error", at, [printable(reason), ...(at.file === undefined ? [nameOf(source)] : [])]);
}

/** Only a file can carry an annotation. */
function fileOf(source: string): string | undefined {
  return source === "-" || /^https?:\/\//i.test(source) ? undefined : printable(withoutDots(source));
}

const nameOf = (source: string): string => (source === "-" ? "stdin" : printable(source));

const clipped = (text: string): string => (text.length <= LINE_LIMIT ? text : `${text.slice(0, LINE_LIMIT)}…`);

/** `::error file=x.sse,line=1::text`. Properties that are not known are left out; lines are joined as GitHub wants them. */
function command(
  name: Severity | "notice",
  properties: Readonly<Record<string, string | number | undefined>>,
  lines: readonly string[],
): string {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  const list = known.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(",");
  return `::${name} ${list}::${escapeData(lines.map(clipped).join("\n"))}`;
}

// As actions/toolkit writes them (packages/core/src/command.ts, escapeData and escapeProperty): % first.

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
