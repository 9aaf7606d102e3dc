export { createReport } from "./create-report.ts";
export type { EventReference, Finding, Location, Related, Severity } from "./finding.ts";
export type { FrameLine, FrameSource } from "./frame-source.ts";
export { renderGithub } from "./github.ts";
export { renderJson } from "./json.ts";
export { renderNdjson, renderNdjsonStream, renderNdjsonSummary } from "./ndjson.ts";
export { type PrettyOptions, renderPretty } from "./pretty/pretty.ts";
export type { Style, StyleFormat } from "./pretty/style.ts";
export type { Report, StreamReport, Summary, Verdict } from "./report.ts";
