import { createReport, createTally, type Report, type StreamReport, type Summary } from "@ssert/report";
import type { Destination } from "./report-output.ts";

/** Collects the reports of streams: all of them where a format needs them, else only their counts. */
export interface Collected {
  add(stream: StreamReport): void;
  readonly summary: () => Summary;
  /** Streams that were judged by their framing only. */
  readonly framingOnly: () => number;
  /** Without the streams where they were not kept. */
  readonly report: () => Report;
}

export function collectReports(destinations: readonly Destination[]): Collected {
  // 100,000 reports take 100 MB and more; NDJSON on standard output has told them already.
  const kept = destinations.some(({ format, file }) => format !== "ndjson" || file !== undefined);
  const streams: StreamReport[] = [];
  const tally = createTally();
  let framingOnly = 0;
  return {
    add(stream) {
      tally.add(stream);
      const { verdict, protocol } = stream;
      if (protocol === null && verdict !== "no-stream" && verdict !== "unreadable") framingOnly++;
      if (kept) streams.push(stream);
    },
    summary: tally.summary,
    framingOnly: () => framingOnly,
    report: () => (kept ? createReport(streams) : { ssert: 1, summary: tally.summary(), streams }),
  };
}
