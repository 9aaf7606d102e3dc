import type { FrameSource } from "../frame-source.ts";
import { inertText } from "../inert.ts";
import type { Report, StreamReport } from "../report.ts";
import { count } from "./count.ts";
import type { Page } from "./finding.ts";
import { printable } from "./printable.ts";
import { isQuiet, renderHeading, renderStream } from "./stream.ts";
import { plain, type Style } from "./style.ts";
import { renderSummary } from "./summary.ts";

export interface PrettyOptions {
  /** Default: no colour. */
  readonly style?: Style;
  /** Default: no code frames. */
  readonly frames?: FrameSource;
  /** Terminal columns, held between 60 and 120; default 100. Places are never broken, so that they stay links. */
  readonly width?: number;
}

const WIDTH = { least: 60, usual: 100, most: 120 };

/** More streams without findings than this are counted instead of listed: the findings matter. */
const LISTED_STREAMS = 20;

/**
 * The report for a person at a terminal: streams without findings in one line each, then each stream with its findings,
 * last the summary. Nothing of what a stream holds can act upon the terminal, or upon what reads the log of a pipeline.
 */
export function renderPretty(report: Report, options: PrettyOptions = {}): string {
  const width = Math.min(Math.max(options.width ?? WIDTH.usual, WIDTH.least), WIDTH.most);
  const page: Page = { style: options.style ?? plain, width, frames: options.frames };
  const quiet = report.streams.filter(isQuiet);
  const loud = report.streams.filter((stream) => !isQuiet(stream));
  const blocks = quiet.length === 0 ? [] : [renderQuiet(quiet, page)];
  for (const stream of loud) blocks.push(renderStream(stream, page));
  return `${inertText([...blocks, renderSummary(report.summary, page.style)].join("\n\n"))}\n`;
}

function renderQuiet(streams: readonly StreamReport[], page: Page): string {
  if (streams.length <= LISTED_STREAMS) return streams.map((stream) => renderHeading(stream, page)).join("\n");
  const groups = Map.groupBy(streams, ({ verdict, protocol }) => {
    if (verdict === "no-stream") return `${page.style("dim", "–")} not event streams, not judged`;
    return `${page.style("green", "✓")} valid without findings (${printable(protocol ?? "wire rules only")})`;
  });
  return [...groups].map(([what, group]) => `${what}: ${count(group.length, "stream")}`).join("\n");
}
