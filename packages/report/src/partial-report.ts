import type { StreamReport, Verdict } from "./report.ts";
import type { Shard } from "./shard.ts";

interface PartialReport {
  readonly shard: Shard;
  readonly streams: readonly StreamReport[];
}

/** A JSON value as the report of a shard, or why it is none. Unknown properties are let through. */
export function partialReport(value: unknown): PartialReport | string {
  if (!isObject(value) || value["ssert"] !== 1) return "it is no JSON report of this ssert";
  if (!("shard" in value)) return "it is the report of a whole run";
  if (!isShard(value["shard"])) return "what it says of its shard cannot be read";
  const { streams } = value;
  if (!Array.isArray(streams)) return "it has no streams";
  const bad = streams.findIndex((stream) => !isStream(stream));
  if (bad >= 0 || !streams.every(isStream)) return `its stream ${bad + 1} cannot be read`;
  return { shard: value["shard"], streams };
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isText = (value: unknown): boolean => typeof value === "string";
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const optional = (value: unknown, is: (value: unknown) => boolean): boolean => value === undefined || is(value);
const listOf = (value: unknown, is: (value: unknown) => boolean): boolean => Array.isArray(value) && value.every(is);

function isShard(value: unknown): value is Shard {
  if (!isObject(value)) return false;
  const { index, count, inputs, inputsSha256, tool, protocol, protocols, unknownProtocols, private: hidden } = value;
  const counts = isCount(index) && isCount(count) && isCount(inputs) && Number(index) >= 1;
  return (
    counts &&
    Number(index) <= Number(count) &&
    isText(inputsSha256) &&
    isText(tool) &&
    isTextOrNull(protocol) &&
    listOf(protocols, isUsedProtocol) &&
    listOf(unknownProtocols, isText) &&
    optional(hidden, (value) => value === true)
  );
}

function isUsedProtocol(value: unknown): boolean {
  return isObject(value) && isText(value["id"]) && listOf(value["rules"], isRule);
}

function isRule(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, severity, title, source } = value;
  return (
    isText(id) && ["error", "warning", "off"].includes(String(severity)) && isText(title) && optional(source, isText)
  );
}

const VERDICTS: readonly Verdict[] = ["valid", "invalid", "truncated", "no-stream", "unreadable"];

function isStream(value: unknown): value is StreamReport {
  if (!isObject(value)) return false;
  const { source, protocol, verdict, events, bytes, findings, heldBack, excused, reason } = value;
  return (
    isText(source) &&
    isTextOrNull(protocol) &&
    VERDICTS.some((known) => known === verdict) &&
    [events, bytes, heldBack].every(isCount) &&
    listOf(findings, isFinding) &&
    optional(excused, isCount) &&
    optional(reason, isText)
  );
}

function isFinding(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { rule, severity, message, path, related } = value;
  return (
    isText(rule) &&
    (severity === "error" || severity === "warning") &&
    isText(message) &&
    hasPlace(value) &&
    optional(path, isText) &&
    optional(related, (list) => listOf(list, isRelated))
  );
}

function isRelated(value: unknown): boolean {
  return isObject(value) && isText(value["message"]) && hasPlace(value);
}

function hasPlace({ event, location }: Fields): boolean {
  return optional(event, isEvent) && optional(location, isLocation);
}

function isEvent(value: unknown): boolean {
  return isObject(value) && isCount(value["number"]) && isTextOrNull(value["type"]);
}

function isLocation(value: unknown): boolean {
  return isObject(value) && [value["offset"], value["line"], value["column"]].every(isCount);
}
