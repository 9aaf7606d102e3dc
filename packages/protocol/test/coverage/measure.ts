import {
  type CoverageGroupName,
  type CoverageReport,
  createCoverage,
  createStreamCheck,
  type Protocol,
} from "../../src/index.ts";
import { encode, type Sent } from "../monitor/streams.ts";

/** The coverage of some streams, each checked beside it. */
export function measure(protocol: Protocol, streams: readonly (readonly Sent[])[]): CoverageReport {
  const coverage = createCoverage(protocol);
  for (const events of streams) {
    const watcher = coverage.stream();
    const check = createStreamCheck({
      protocol,
      onEvent: (event) => watcher.event(event),
      onFinding: (finding) => watcher.finding(finding),
    });
    check.push(encode(events));
    check.end();
    watcher.end();
  }
  return coverage.report();
}

export function all(report: CoverageReport, group: CoverageGroupName): readonly string[] {
  return report.groups[group].items.map(({ id }) => id);
}

export function seen(report: CoverageReport, group: CoverageGroupName): readonly string[] {
  return report.groups[group].items.filter(({ count }) => count > 0).map(({ id }) => id);
}

/** Counts above 0, by id. */
export function counts(report: CoverageReport, group: CoverageGroupName): Readonly<Record<string, number>> {
  const items = report.groups[group].items.filter(({ count }) => count > 0);
  return Object.fromEntries(items.map(({ id, count }) => [id, count]));
}
