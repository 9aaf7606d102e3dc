import type { Finding } from "./finding.ts";
import type { Report, StreamReport, Summary, Verdict } from "./report.ts";

/** Joins the reports of single streams: their order is kept, their findings are ordered by position, all is counted. */
export function createReport(streams: readonly StreamReport[]): Report {
  // Most of 100,000 streams have nothing to order: they are not copied.
  const ordered = streams.map((stream) =>
    stream.findings.length < 2 ? stream : { ...stream, findings: byPosition(stream.findings) },
  );
  const tally = createTally();
  for (const stream of ordered) tally.add(stream);
  return { ssert: 1, summary: tally.summary(), streams: ordered };
}

/** What is about the response as a whole has no place and comes first. Equal places keep the order of discovery. */
export function byPosition(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => (a.location?.offset ?? -1) - (b.location?.offset ?? -1));
}

/** Counts streams one by one, for whoever does not keep them. */
export interface Tally {
  add(stream: StreamReport): void;
  summary(): Summary;
}

export function createTally(): Tally {
  const verdicts: Record<Verdict, number> = { valid: 0, invalid: 0, truncated: 0, "no-stream": 0, unreadable: 0 };
  const severities = { error: 0, warning: 0 };
  let streams = 0;
  let excused = 0;
  return {
    add({ verdict, findings, excused: ofStream = 0 }) {
      streams++;
      excused += ofStream;
      verdicts[verdict]++;
      for (const { severity } of findings) severities[severity]++;
    },
    summary: () => ({
      streams,
      valid: verdicts.valid,
      invalid: verdicts.invalid,
      truncated: verdicts.truncated,
      noStream: verdicts["no-stream"],
      unreadable: verdicts.unreadable,
      errors: severities.error,
      warnings: severities.warning,
      ...(excused > 0 && { excused }),
    }),
  };
}
