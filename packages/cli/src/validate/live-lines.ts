import { renderNdjsonStream, renderNdjsonSummary, type StreamReport, type Summary } from "@ssert/report";
import type { Terminal } from "../terminal.ts";
import type { Destination } from "./report-output.ts";

export interface LiveLines {
  readonly stream: (stream: StreamReport) => void;
  readonly end: (summary: Summary) => void;
  /** What is delivered when all is done. */
  readonly others: readonly Destination[];
}

/** NDJSON on standard output is written as streams are done: whoever reads it need not wait for the last of them. */
export function liveLines(destinations: readonly Destination[], terminal: Terminal): LiveLines {
  const others = destinations.filter(({ format, file }) => format !== "ndjson" || file !== undefined);
  const live = others.length < destinations.length;
  return {
    stream: (stream) => live && terminal.out(renderNdjsonStream(stream)),
    end: (summary) => live && terminal.out(renderNdjsonSummary(summary)),
    others,
  };
}
