import { plainReport, safeJson } from "../json.ts";
import { count } from "../pretty/count.ts";
import type { Report, Summary } from "../report.ts";
import type { RuleDescription } from "../rule-description.ts";
import type { Timeline } from "../timeline.ts";
import type { PageData } from "./page-data.ts";

export interface HtmlOptions {
  /** What streams held, by their `source`, as `readTimelines` of @ssert/validate reads them. Default: findings only. */
  readonly timelines?: ReadonlyMap<string, Timeline>;
  /** Of the protocols that streams were judged by. Default: rules are known by their id only. */
  readonly rules?: readonly RuleDescription[];
  /** Nothing of what streams hold is to be shown, so that there are no timelines: the page says so. */
  readonly private?: boolean;
  /** Of the tool, `MAJOR.MINOR.PATCH`. */
  readonly version?: string;
}

/**
 * The report as one HTML file that needs nothing beside it and asks the network for nothing: streams with their verdicts,
 * search and filters; of each stream a timeline, its findings explained, and its events with their bytes.
 *
 * What streams hold stands in it as JSON in which no `<` is left, and the page sets it as text only. A Content Security Policy
 * lets the page's own script and style run, by their hashes, and forbids all else. The same report is the same text.
 */
export async function renderHtml(report: Report, options: HtmlOptions = {}): Promise<string> {
  // Loaded when asked for: the command starts faster without it.
  const { page } = await import("./generated/page.ts");
  const policy = [
    "default-src 'none'",
    `script-src '${page.scriptHash}'`,
    `style-src '${page.styleHash}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${titleOf(report.summary)}</title>
<link rel="icon" href="data:,">
<style>${page.style}</style>
</head>
<body>
<noscript>This report is drawn by a script that is part of this file, and scripts are switched off here.</noscript>
<script type="application/json" id="data">${inertJson(dataOf(report, options))}</script>
<script>${page.script}</script>
</body>
</html>
`;
}

/** No stream's text: a title is the one place where the page does not set it. */
function titleOf({ streams, invalid, truncated, unreadable }: Summary): string {
  const bad = invalid + truncated + unreadable;
  return bad === 0 ? `ssert: ${count(streams, "stream")}` : `ssert: ${bad} of ${count(streams, "stream")} broken`;
}

function dataOf(report: Report, { timelines, rules = [], version, private: hidden = false }: HtmlOptions): PageData {
  const named = new Set(report.streams.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  // A protocol may say of a rule what the one before it did not: the first that is named counts.
  const described = new Map(rules.toReversed().map((rule) => [rule.id, rule]));
  return {
    tool: version === undefined ? "ssert" : `ssert ${version}`,
    report: plainReport(report),
    rules: [...described.values()]
      .filter(({ id }) => named.has(id))
      .map(({ id, severity, title, source }) => ({ id, severity, title, ...(source !== undefined && { source }) }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    timelines: report.streams.map(({ source }) => timelines?.get(source) ?? null),
    ...(hidden && { private: true }),
  };
}

/** JSON that cannot end the element it stands in, nor begin a comment or another element. */
function inertJson(data: PageData): string {
  return safeJson(data).replaceAll("<", "\\u003c");
}
