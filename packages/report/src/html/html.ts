import { jsonOfStream, jsonOfSummary, safeJson } from "../json.ts";
import { count } from "../pretty/count.ts";
import type { Report, StreamReport, Summary } from "../report.ts";
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
  return [...(await renderHtmlParts(report, options))].join("");
}

/** The same in parts: of a page of 16 MB, its text and what becomes of it on the way would take 80 MB more. */
export async function renderHtmlParts(report: Report, options: HtmlOptions = {}): Promise<Iterable<string>> {
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
  const head = `<!doctype html>
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
<script type="application/json" id="data">`;
  const tail = `</script>
<script>${page.script}</script>
</body>
</html>
`;
  return joined([head], dataParts(report, options), [tail]);
}

/** A part for the file system: fewer, larger writes. */
const PART = 64 * 1024;

function* joined(...sources: readonly Iterable<string>[]): Generator<string> {
  let part = "";
  for (const source of sources) {
    for (const piece of source) {
      part += piece;
      if (part.length < PART) continue;
      yield part;
      part = "";
    }
  }
  if (part !== "") yield part;
}

/** No stream's text: a title is the one place where the page does not set it. */
function titleOf({ streams, invalid, truncated, unreadable }: Summary): string {
  const bad = invalid + truncated + unreadable;
  return bad === 0 ? `ssert: ${count(streams, "stream")}` : `ssert: ${bad} of ${count(streams, "stream")} broken`;
}

/** PageData as JSON. */
function* dataParts(
  { summary, streams }: Report,
  { timelines, rules = [], version, private: hidden = false }: HtmlOptions,
): Generator<string> {
  const tool = version === undefined ? "ssert" : `ssert ${version}`;
  yield `{"tool":${JSON.stringify(tool)},"report":${jsonOfSummary(summary).slice(0, -"}".length)},"streams":[`;
  yield* listed(streams, (stream) => inert(jsonOfStream(stream)));
  yield `]},"rules":${inert(safeJson(rulesOf(streams, rules)))},"timelines":[`;
  yield* listed(streams, ({ source }) => {
    const timeline = timelines?.get(source);
    return timeline === undefined ? "null" : inert(safeJson(timeline));
  });
  yield `]${hidden ? ',"private":true' : ""}}`;
}

function* listed<T>(items: readonly T[], json: (item: T) => string): Generator<string> {
  for (const [index, item] of items.entries()) yield index === 0 ? json(item) : `,${json(item)}`;
}

/** Of those that findings are about, sorted. */
function rulesOf(streams: readonly StreamReport[], rules: readonly RuleDescription[]): PageData["rules"] {
  const named = new Set(streams.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  // A protocol may say of a rule what the one before it did not: the first that is named counts.
  const described = new Map(rules.toReversed().map((rule) => [rule.id, rule]));
  return [...described.values()]
    .filter(({ id }) => named.has(id))
    .map(({ id, severity, title, source }) => ({ id, severity, title, ...(source !== undefined && { source }) }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** JSON that cannot end the element it stands in, nor begin a comment or another element. */
function inert(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
