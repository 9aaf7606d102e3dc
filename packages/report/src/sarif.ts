import type { Log, Notification, ReportingDescriptor, Result, Run, Location as SarifLocation } from "sarif";
import type { Finding, Location, Related } from "./finding.ts";
import { fingerprints } from "./fingerprint.ts";
import { inertJson } from "./inert.ts";
import { count } from "./pretty/count.ts";
import { printable } from "./pretty/printable.ts";
import type { Report, StreamReport } from "./report.ts";
import type { RuleDescription } from "./rule-description.ts";
import { sarifRule } from "./sarif-rule.ts";
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
  const all = streams.flatMap((stream) => resultsOf(stream, indices));
  const results = gravest(all, MOST_RESULTS);
  const run: Run = {
    tool: {
      driver: { name: "ssert", ...(options.version !== undefined && { semanticVersion: options.version }), rules },
    },
    invocations: [
      {
        executionSuccessful: summary.unreadable === 0,
        toolExecutionNotifications: [...streams.flatMap(notificationsOf), ...leftOut(all.length - results.length)],
      },
    ],
    columnKind: "utf16CodeUnits",
    newlineSequences: ["\r\n", "\n", "\r"], // the HTML standard's, not SARIF's default
    results,
  };
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return `${inertJson(JSON.stringify(log, null, 2))}\n`;
}

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/**
 * Code scanning refuses a file with more results in a run, and a file with another run of the same tool and category (GitHub's
 * docs, "SARIF results exceed one or more limits"). Of these it shows the 5,000 gravest.
 */
const MOST_RESULTS = 25_000;

/** At most so many, in their order: errors before warnings, and what comes first. */
function gravest(results: readonly Result[], most: number): Result[] {
  if (results.length <= most) return [...results];
  const errors = results.filter(({ level }) => level === "error").slice(0, most);
  const warnings = results.filter(({ level }) => level !== "error").slice(0, most - errors.length);
  const kept = new Set([...errors, ...warnings]);
  return results.filter((result) => kept.has(result));
}

function leftOut(results: number): Notification[] {
  if (results === 0) return [];
  const text = `${count(results, "finding")} left out: code scanning takes ${MOST_RESULTS} a run; the other formats have all`;
  return [{ level: "warning", message: { text } }];
}

/** The rules of the findings, sorted by id. */
function rulesOf(streams: readonly StreamReport[], known: readonly RuleDescription[]): ReportingDescriptor[] {
  const severities = new Map(streams.flatMap(({ findings }) => findings.map(({ rule, severity }) => [rule, severity])));
  // A protocol may say of a rule what the one before it did not: the first that is named counts.
  const descriptions = new Map(known.toReversed().map((rule) => [rule.id, rule]));
  return [...severities]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, found]) => sarifRule(descriptions.get(rule) ?? { id: rule, title: rule, severity: found }, found));
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
      message: { text: plainMessage(message) + linksTo(related) },
      locations: [locationOf(stream.source, location ?? BEGINNING)],
      ...(related.length > 0 && {
        relatedLocations: related.map((other, index) => ({
          id: index + 1,
          ...locationOf(stream.source, other.location),
          message: { text: plainMessage(other.message) },
          ...(other.event && { properties: { event: eventOf(other.event) } }),
        })),
      }),
      partialFingerprints: {
        primaryLocationLineHash: shortMark(marks[index] ?? ""),
        "ssert/v1": marks[index] ?? "",
      },
      properties: {
        protocol: stream.protocol === null ? null : printable(stream.protocol),
        ...(event && { event: eventOf(event) }),
        ...(path !== undefined && { path: printable(path) }),
      },
    };
  });
}

/** Code scanning shows results that have a line, and gives no fingerprint of its own to others. */
const BEGINNING: Partial<Location> = { line: 1 };

/** Viewers make links of these to the places of `relatedLocations` (SARIF 3.11.6), by their `id`. */
function linksTo(related: readonly Related[]): string {
  const links = related.flatMap(({ message, location }, index) =>
    location === undefined ? [] : [`[${printable(message).replace(/[[\]\\]/g, String.raw`\$&`)}](${index + 1})`],
  );
  return links.length === 0 ? "" : ` (${links.join(", ")})`;
}

/**
 * The fingerprint in the only form that code scanning reads: `HASH:NUMBER`. It tells results of one rule in one file apart,
 * and keeps alerts, with what was said of them, over a new recording. 64 bits by FNV-1a. GitHub's upload-sarif takes it, and
 * warns that it is not the hash of the line's text, which each new recording changes (codeql-action, src/fingerprints.ts).
 */
function shortMark(mark: string): string {
  const bar = mark.lastIndexOf("|");
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(mark.slice(0, bar))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return `${hash.toString(16).padStart(16, "0")}:${mark.slice(bar + 1)}`;
}

function eventOf({ number, type }: NonNullable<Finding["event"]>): NonNullable<Finding["event"]> {
  return { number, type: type === null ? null : printable(type) };
}

function locationOf(source: string, { line, column, offset }: Partial<Location> = {}): SarifLocation {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(source) },
      ...(line !== undefined && {
        region: {
          startLine: line,
          ...(column !== undefined && { startColumn: column }),
          ...(offset !== undefined && { byteOffset: offset }),
        },
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
