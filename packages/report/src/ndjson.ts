import { byPosition } from "./create-report.ts";
import { jsonOfStream, jsonOfSummary } from "./json.ts";
import type { Report, StreamReport, Summary } from "./report.ts";

/** The report as NDJSON: a line for each stream, then one with the summary. For streams that come one by one, see below. */
export function renderNdjson({ streams, summary }: Report): string {
  return streams.map(renderNdjsonStream).join("") + renderNdjsonSummary(summary);
}

/** One stream as one line, as soon as it is done: what `streams` holds in the JSON report. */
export function renderNdjsonStream(stream: StreamReport): string {
  return `${jsonOfStream({ ...stream, findings: byPosition(stream.findings) })}\n`;
}

/** The last line, `{"ssert":1,"summary":{…}}`: without it, the run did not come to its end. */
export function renderNdjsonSummary(summary: Summary): string {
  return `${jsonOfSummary(summary)}\n`;
}
