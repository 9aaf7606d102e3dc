import { fingerprints, type StreamReport } from "@ssert/report";
import { verdictOf } from "../severities.ts";
import type { BaselineEntry } from "./baseline.ts";

/** An entry that does not do what it is there for. */
export interface UnfitEntry {
  readonly entry: BaselineEntry;
  /** `stale`: what it excuses is not found any more. `expired`: its day has passed, so it excuses nothing. */
  readonly why: "stale" | "expired";
}

/** What is left of a stream's report when what is known has been taken out. */
export interface Excused {
  readonly stream: StreamReport;
  /** Findings that were taken out. */
  readonly excused: number;
  readonly unfit: readonly UnfitEntry[];
}

/** `today`: as `2026-11-23`. `entries`: those of this stream. */
export function excuse(stream: StreamReport, entries: readonly BaselineEntry[], today: string): Excused {
  const marks = fingerprints(stream.findings);
  const valid = new Set(entries.filter((entry) => !isExpired(entry, today)).map(({ finding }) => finding));
  const left = stream.findings.filter((_, index) => !valid.has(marks[index] ?? ""));
  const unfit = entries.flatMap((entry): UnfitEntry[] => {
    if (!marks.includes(entry.finding)) return [{ entry, why: "stale" }];
    return isExpired(entry, today) ? [{ entry, why: "expired" }] : [];
  });
  const excused = stream.findings.length - left.length;
  if (excused === 0) return { stream, excused, unfit };
  return { stream: { ...stream, findings: left, verdict: verdictOf(stream.verdict, left), excused }, excused, unfit };
}

function isExpired({ expires }: BaselineEntry, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** The entries that excuse every finding of a stream; what was said of those that were there before is kept. */
export function entriesFor(
  stream: StreamReport,
  source: string,
  before: readonly BaselineEntry[],
): readonly BaselineEntry[] {
  return fingerprints(stream.findings).map((finding) => {
    const known = before.find((entry) => entry.source === source && entry.finding === finding);
    return known ?? { source, finding };
  });
}
