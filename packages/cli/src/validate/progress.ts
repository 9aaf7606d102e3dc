import type { StreamReport } from "@ssert/report";
import { counted, grouped } from "../phrases.ts";
import type { Terminal } from "../terminal.ts";

/** A bar of a line on the terminal. None for a few streams, and none in CI, where a terminal may be feigned. */
export interface Progress {
  add(stream: StreamReport): void;
  /** Takes the line away. */
  end(): void;
}

// The terminal already has a line that replaces itself. cli-progress 3.12.0, the usual library, would bring string-width and
// its tables to draw the rest.

/** Fewer streams than this are done before anyone has read the line. */
const FEWEST = 50;
const EVERY_MS = 100;
const CELLS = 24;

export function validateProgress(
  terminal: Pick<Terminal, "progress" | "env">,
  total: number,
  now: () => number = () => performance.now(),
): Progress {
  const { CI } = terminal.env;
  if (total < FEWEST || (CI !== undefined && CI !== "" && CI !== "false")) return { add: () => {}, end: () => {} };
  let done = 0;
  let findings = 0;
  let unreadable = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    add(stream) {
      done++;
      findings += stream.findings.length;
      if (stream.verdict === "unreadable") unreadable++;
      if (now() - shownAt < EVERY_MS) return;
      shownAt = now();
      const cells = Math.floor((CELLS * done) / total);
      const bar = "█".repeat(cells) + "░".repeat(CELLS - cells);
      const lost = unreadable === 0 ? "" : `, ${unreadable} unreadable`;
      terminal.progress(
        `${bar} ${grouped(done)} of ${counted(total, "stream")}, ${counted(findings, "finding")}${lost}`,
      );
    },
    end: () => terminal.progress(""),
  };
}
