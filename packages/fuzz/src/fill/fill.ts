import type { CoverageReport, Protocol } from "@ssert/protocol";
import type { SentStream } from "../sent/sent-stream.ts";
import { RuleBreaker } from "./broken.ts";
import { coveredIn, type GroupItem, itemsOf, keyOf, Probe, sent } from "./probe.ts";
import { validStreamsFor } from "./valid.ts";

/** One stream of a filling. */
export interface FillStream extends SentStream {
  /** `valid-1`, or `broken-` and the rule, fit for a file's name. */
  readonly name: string;
  /** The rule that it breaks, and what was done to a valid stream. */
  readonly broken?: { readonly rule: string; readonly change: string };
}

/** The streams that a set of recordings lacks. */
export interface Filling {
  readonly streams: readonly FillStream[];
  /** What none was found for. */
  readonly lacking: readonly GroupItem[];
}

export interface FillOptions {
  /** The same seed gives the same streams: 1. */
  readonly seed?: number;
  /** Told what is being looked for. */
  readonly onProgress?: (line: string) => void;
}

/**
 * The streams that some recordings lack for a whole coverage: as few valid ones as cover what is missing, and one for each rule
 * that none of them breaks. Throws a FuzzError "cannot-draw" for a protocol of which no stream can be made.
 */
export function fillCoverage(protocol: Protocol, report: CoverageReport, options: FillOptions = {}): Filling {
  const { seed = 1, onProgress } = options;
  const probe = new Probe(protocol);
  const missing = itemsOf(report).filter(({ item }) => item.count === 0);
  const toKeep = missing.filter(({ group }) => group !== "rulesBroken");
  const toBreak = missing.filter(({ group }) => group === "rulesBroken");
  if (toKeep.length > 0) onProgress?.(`looking for valid streams that cover ${toKeep.length} items`);
  const transitions = report.groups.transitions.items;
  const chosen = toKeep.length === 0 ? [] : validStreamsFor(probe, toKeep, transitions, seed);
  const valid: FillStream[] = chosen.map(({ stream }, index) => ({ name: `valid-${index + 1}`, ...sent(stream) }));
  const broken: FillStream[] = [];
  const breaker = new RuleBreaker(probe, transitions, seed);
  for (const { item } of toBreak) {
    onProgress?.(`breaking ${item.id}`);
    const found = breaker.break(item.id);
    if (found === undefined) continue;
    const { rule, change, stream } = found;
    broken.push({ name: `broken-${rule.replaceAll("/", "-")}`, broken: { rule, change }, ...stream });
  }
  const streams = [...valid, ...broken];
  const covered = new Set([...coveredIn(report), ...streams.flatMap((stream) => [...probe.coveredBy(stream)])]);
  return { streams, lacking: missing.filter(({ group, item }) => !covered.has(keyOf(group, item))) };
}
