export type { EventReference, Finding, Location, Related, Severity } from "./finding.ts";
export type { Report, StreamReport, Summary, Verdict } from "./report.ts";
