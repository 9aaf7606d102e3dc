import type { Finding } from "./finding.ts";
import type { Report, StreamReport, Summary, Verdict } from "./report.ts";

/** Joins the reports of single streams: their order is kept, their findings are ordered by position, all is counted. */
export function createReport(streams: readonly StreamReport[]): Report {
  const ordered = streams.map((stream) => ({ ...stream, findings: byPosition(stream.findings) }));
  return { ssert: 1, summary: summarise(ordered), streams: ordered };
}

/** What is about the response as a whole has no place and comes first. Equal places keep the order of discovery. */
export function byPosition(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => (a.location?.offset ?? -1) - (b.location?.offset ?? -1));
}

function summarise(streams: readonly StreamReport[]): Summary {
  const verdicts: Record<Verdict, number> = { valid: 0, invalid: 0, truncated: 0, "no-stream": 0, unreadable: 0 };
  const severities = { error: 0, warning: 0 };
  let excused = 0;
  for (const { verdict, findings, excused: ofStream = 0 } of streams) {
    excused += ofStream;
    verdicts[verdict]++;
    for (const { severity } of findings) severities[severity]++;
  }
  return {
    streams: streams.length,
    valid: verdicts.valid,
    invalid: verdicts.invalid,
    truncated: verdicts.truncated,
    noStream: verdicts["no-stream"],
    unreadable: verdicts.unreadable,
    errors: severities.error,
    warnings: severities.warning,
    ...(excused > 0 && { excused }),
  };
}
