/** What a protocol is made of, in the order in which it is reported. */
export type CoverageGroupName = "events" | "transitions" | "properties" | "rulesHeld" | "rulesBroken";

/** How often something that the protocol has was seen. */
export interface CoverageItem {
  /** Unique in its group, and the same for every run with the same protocol file. */
  readonly id: string;
  /** What a stream must have to cover it, in a sentence. */
  readonly hint: string;
  /** Occurrences; for rules, streams. 0: missing. */
  readonly count: number;
  /** The pattern of the event that covers it; absent for rules, and where a scope ends without an event. */
  readonly event?: string;
  /** For a transition: the pattern of the event before. */
  readonly after?: string;
  /** For a property: JSON Pointer into the event's data, `*` for the elements of a list. */
  readonly path?: string;
}

export interface CoverageGroup {
  readonly covered: number;
  readonly total: number;
  readonly items: readonly CoverageItem[];
}

/** What a set of streams has exercised of a protocol. `schemas/coverage.schema.json` describes it as JSON. */
export interface CoverageReport {
  /** `name@version`. */
  readonly protocol: string;
  /** Streams that were watched to their end, and how many of them had an error. */
  readonly streams: number;
  readonly broken: number;
  readonly covered: number;
  readonly total: number;
  readonly groups: Readonly<Record<CoverageGroupName, CoverageGroup>>;
}

/** A share of a total in percent, rounded down to a tenth: 100 means that nothing is missing. */
export function percentOf({ covered, total }: { readonly covered: number; readonly total: number }): number {
  return total === 0 ? 100 : Math.floor((covered * 1_000) / total) / 10;
}

/**
 * The coverage of two sets of streams of one protocol together: every count is the sum. Throws a RangeError if they are
 * of different protocols.
 */
export function addCoverage(left: CoverageReport, right: CoverageReport): CoverageReport {
  if (left.protocol !== right.protocol) {
    throw new RangeError(`coverage of ${left.protocol} and of ${right.protocol} cannot be added: measure them apart`);
  }
  const add = (name: CoverageGroupName): CoverageGroup => addGroups(left.groups[name], right.groups[name]);
  return totalOf({
    protocol: left.protocol,
    streams: left.streams + right.streams,
    broken: left.broken + right.broken,
    groups: {
      events: add("events"),
      transitions: add("transitions"),
      properties: add("properties"),
      rulesHeld: add("rulesHeld"),
      rulesBroken: add("rulesBroken"),
    },
  });
}

function addGroups(left: CoverageGroup, right: CoverageGroup): CoverageGroup {
  const counts = new Map(right.items.map(({ id, count }) => [id, count]));
  return groupOf(left.items.map((item) => ({ ...item, count: item.count + (counts.get(item.id) ?? 0) })));
}

export function groupOf(items: readonly CoverageItem[]): CoverageGroup {
  return { covered: items.filter(({ count }) => count > 0).length, total: items.length, items };
}

export function totalOf(report: Omit<CoverageReport, "covered" | "total">): CoverageReport {
  const groups = Object.values(report.groups);
  const { protocol, streams, broken } = report;
  return {
    protocol,
    streams,
    broken,
    covered: groups.reduce((sum, group) => sum + group.covered, 0),
    total: groups.reduce((sum, group) => sum + group.total, 0),
    groups: report.groups,
  };
}
