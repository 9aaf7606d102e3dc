import type { EventReference, Finding, Location, Related } from "./finding.ts";
import { inertJson } from "./inert.ts";
import type { Report, StreamReport, Summary } from "./report.ts";
import type { RuleDescription } from "./rule-description.ts";
import type { Shard } from "./shard.ts";

/**
 * The report as JSON, described by `schemas/report.schema.json`: keys always in the same order, indented by two spaces,
 * with a newline at its end. What a terminal could act upon (DEL, C1, bidirectional controls) is written as `\uXXXX`, so
 * that printing a report is safe whatever the streams hold; so is the `##[` by which a line becomes a command in the log of
 * GitHub Actions (see inert.ts).
 */
export function renderJson(report: Report): string {
  return [...renderJsonParts(report)].join("");
}

/** Streams to a part: some ten kilobytes. */
const PART = 100;

/** The same in parts, for a report of 100,000 streams: as one value and its whole text it would take 200 MB more. */
export function* renderJsonParts({ shard, summary, streams }: Report): Generator<string> {
  const head = safeJson({ ssert: 1, ...(shard && { shard: shardOf(shard) }), summary: summaryOf(summary) }, 2);
  yield `${head.slice(0, -"\n}".length)},\n  "streams": [`;
  for (let from = 0; from < streams.length; from += PART) {
    // As a part of the whole they are indented once more, which their brackets bring about.
    const list = safeJson([streams.slice(from, from + PART).map(streamOf)], 2);
    yield `${from === 0 ? "" : ","}${list.slice("[\n  [".length, -"\n  ]\n]".length)}`;
  }
  yield `${streams.length === 0 ? "" : "\n  "}]\n}\n`;
}

/** One stream of the report, on one line. */
export function jsonOfStream(stream: StreamReport): string {
  return safeJson(streamOf(stream));
}

/** The report without its streams, on one line. */
export function jsonOfSummary(summary: Summary): string {
  return safeJson({ ssert: 1, summary: summaryOf(summary) });
}

/** JSON in which nothing can drive a terminal, or end the line that it stands in. */
export function safeJson(value: object, indent?: number): string {
  return inertJson(JSON.stringify(value, null, indent).replace(ACTIVE, escaped));
}

/** JSON.stringify escapes C0 and lone surrogates itself. None of these can stand outside a string. */
const ACTIVE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

// Objects are built key by key: the order is part of the format, and what a caller adds to them is not.

function shardOf(shard: Shard): Shard {
  const { index, count, inputs, inputsSha256, tool, protocol, protocols, unknownProtocols, private: hidden } = shard;
  const used = protocols.map(({ id, rules }) => ({ id, rules: rules.map(ruleOf) }));
  const facts = { index, count, inputs, inputsSha256, tool, protocol, protocols: used, unknownProtocols };
  return hidden === undefined ? facts : { ...facts, private: hidden };
}

function ruleOf({ id, severity, title, source }: RuleDescription): RuleDescription {
  return { id, severity, title, ...(source !== undefined && { source }) };
}

function summaryOf(summary: Summary): Summary {
  const { streams, valid, invalid, truncated, noStream, unreadable, errors, warnings, excused } = summary;
  const counts = { streams, valid, invalid, truncated, noStream, unreadable, errors, warnings };
  return excused === undefined ? counts : { ...counts, excused };
}

function streamOf({
  source,
  protocol,
  verdict,
  events,
  bytes,
  findings,
  heldBack,
  excused,
  reason,
}: StreamReport): StreamReport {
  return {
    source,
    protocol,
    verdict,
    events,
    bytes,
    findings: findings.map(findingOf),
    heldBack,
    ...(excused !== undefined && { excused }),
    ...(reason !== undefined && { reason }),
  };
}

function findingOf({ rule, severity, message, event, location, path, related }: Finding): Finding {
  return {
    rule,
    severity,
    message,
    ...placeOf(event, location),
    ...(path !== undefined && { path }),
    ...(related !== undefined && { related: related.map(relatedOf) }),
  };
}

function relatedOf({ message, event, location }: Related): Related {
  return { message, ...placeOf(event, location) };
}

function placeOf(
  event: EventReference | undefined,
  location: Location | undefined,
): Pick<Finding, "event" | "location"> {
  return {
    ...(event && { event: { number: event.number, type: event.type } }),
    ...(location && { location: { offset: location.offset, line: location.line, column: location.column } }),
  };
}
