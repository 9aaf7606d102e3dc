import { renderNdjsonStream, renderNdjsonSummary, type StreamReport, type Summary } from "@ssert/report";
import type { Terminal } from "../terminal.ts";
import type { Destination } from "./report-output.ts";

export interface LiveLines {
  readonly stream: (stream: StreamReport) => void;
  /** Writes the lines that still wait for others. To be called once no stream comes any more. */
  readonly flush: () => void;
  readonly end: (summary: Summary) => void;
  /** What is delivered when all is done. */
  readonly others: readonly Destination[];
}

/** Writing each of 20,000 lines by itself took as long as judging a third of the streams. */
const PENDING_CHARS = 32 * 1024;

/**
 * NDJSON on standard output is written as streams are done: whoever reads it need not wait for the last of them. Lines of
 * streams that are done without anything being waited for are written together.
 */
export function liveLines(destinations: readonly Destination[], terminal: Terminal): LiveLines {
  const others = destinations.filter(({ format, file }) => format !== "ndjson" || file !== undefined);
  const live = others.length < destinations.length;
  let pending = "";

  function flush(): void {
    if (pending !== "") terminal.out(pending);
    pending = "";
  }

  return {
    stream(stream) {
      if (!live) return;
      if (pending === "") setImmediate(flush);
      pending += renderNdjsonStream(stream);
      if (pending.length >= PENDING_CHARS) flush();
    },
    flush,
    end: (summary) => live && terminal.out(renderNdjsonSummary(summary)),
    others,
  };
}
