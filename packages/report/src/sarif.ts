import type { Log, Notification, ReportingDescriptor, Result, Run, Location as SarifLocation } from "sarif";
import type { Finding, Location } from "./finding.ts";
import { fingerprints } from "./fingerprint.ts";
import { inertJson } from "./inert.ts";
import { count } from "./pretty/count.ts";
import { printable } from "./pretty/printable.ts";
import type { Report, StreamReport } from "./report.ts";
import type { RuleDescription } from "./rule-description.ts";
import { uriOf } from "./uri.ts";

// The log is one object literal, checked against the types of the format. node-sarif-builder, the writer on npm, makes the
// same literal by setters, and its 5.0.0 requires Node's `fs` still.

export interface SarifOptions {
  /** Of the rules that findings are about; others are left out. Default: rules are known by their id only. */
  readonly rules?: readonly RuleDescription[];
  /** Of the tool, `MAJOR.MINOR.PATCH`. */
  readonly version?: string;
}

/**
 * The report as SARIF 2.1.0, for code scanning: a result for each finding, with both places, its rule, and a fingerprint
 * that a new recording of the same fault keeps. What is no finding (a stream that could not be read, or was not judged) is a
 * notification of the tool.
 */
export function renderSarif({ summary, streams }: Report, options: SarifOptions = {}): string {
  const rules = rulesOf(streams, options.rules ?? []);
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const run: Run = {
    tool: {
      driver: { name: "ssert", ...(options.version !== undefined && { semanticVersion: options.version }), rules },
    },
    invocations: [
      { executionSuccessful: summary.unreadable === 0, toolExecutionNotifications: streams.flatMap(notificationsOf) },
    ],
    columnKind: "utf16CodeUnits",
    newlineSequences: ["\r\n", "\n", "\r"], // the HTML standard's, not SARIF's default
    results: streams.flatMap((stream) => resultsOf(stream, indices)),
  };
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return `${inertJson(JSON.stringify(log, null, 2))}\n`;
}

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** The rules of the findings, sorted by id. */
function rulesOf(streams: readonly StreamReport[], known: readonly RuleDescription[]): ReportingDescriptor[] {
  const severities = new Map(streams.flatMap(({ findings }) => findings.map(({ rule, severity }) => [rule, severity])));
  // A protocol may say of a rule what the one before it did not: the first that is named counts.
  const descriptions = new Map(known.toReversed().map((rule) => [rule.id, rule]));
  return [...severities]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, found]) => {
      const { title, source, severity = found } = descriptions.get(rule) ?? { title: rule };
      const shortDescription = { text: printable(title) };
      return {
        id: printable(rule),
        shortDescription,
        fullDescription: shortDescription,
        help: { text: printable(source === undefined ? title : `${title}. Source: ${source}`) },
        defaultConfiguration: severity === "off" ? { enabled: false } : { level: severity },
      };
    });
}

function resultsOf(stream: StreamReport, indices: ReadonlyMap<string, number>): Result[] {
  const marks = fingerprints(stream.findings);
  return stream.findings.map((finding, index) => {
    const { rule, severity, message, event, location, path, related = [] } = finding;
    const ruleIndex = indices.get(printable(rule));
    return {
      ruleId: printable(rule),
      ...(ruleIndex !== undefined && { ruleIndex }),
      level: severity,
      message: { text: plainMessage(message) },
      locations: [locationOf(stream.source, location)],
      ...(related.length > 0 && {
        relatedLocations: related.map((other, id) => ({
          id,
          ...locationOf(stream.source, other.location),
          message: { text: plainMessage(other.message) },
          ...(other.event && { properties: { event: eventOf(other.event) } }),
        })),
      }),
      partialFingerprints: { "ssert/v1": marks[index] ?? "" },
      properties: {
        protocol: stream.protocol === null ? null : printable(stream.protocol),
        ...(event && { event: eventOf(event) }),
        ...(path !== undefined && { path: printable(path) }),
      },
    };
  });
}

function eventOf({ number, type }: NonNullable<Finding["event"]>): NonNullable<Finding["event"]> {
  return { number, type: type === null ? null : printable(type) };
}

function locationOf(source: string, location?: Location): SarifLocation {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(source) },
      ...(location && {
        region: { startLine: location.line, startColumn: location.column, byteOffset: location.offset },
      }),
    },
  };
}

function notificationsOf({ source, verdict, reason, heldBack }: StreamReport): Notification[] {
  const locations = [locationOf(source)];
  const told: Notification[] = [];
  if (verdict === "unreadable" || verdict === "no-stream") {
    const level = verdict === "unreadable" ? "error" : "note";
    told.push({ level, message: { text: plainMessage(reason ?? verdict) }, locations });
  }
  if (heldBack > 0)
    told.push({ level: "note", message: { text: `${count(heldBack, "finding")} held back` }, locations });
  return told;
}

/**
 * Viewers make links of `[text](target)` (SARIF 3.11.6): not of a stream's words, so brackets are escaped where there could be
 * one. Braces stay single: they are placeholders (3.11.5) only beside arguments, and there are none.
 */
function plainMessage(text: string): string {
  const shown = printable(text);
  return shown.includes("](") ? shown.replace(/[[\]\\]/g, String.raw`\$&`) : shown;
}
