import type { PropertyResult } from "@ssert/fuzz";
import { counted } from "../phrases.ts";
import type { Terminal } from "../terminal.ts";

/** A line on the terminal that says how far the fuzzer is. */
export interface FuzzProgress {
  result(target: string, result: PropertyResult): void;
  /** Takes the line away. */
  end(): void;
  /** Results so far. */
  count(): number;
}

export function fuzzProgress(terminal: Terminal, targets: number): FuzzProgress {
  const seen = new Set<string>();
  let results = 0;
  let bugs = 0;
  return {
    result(target, { property, verdict }) {
      seen.add(target);
      results += 1;
      if (verdict === "bug") bugs += 1;
      const which = targets === 1 ? target : `target ${seen.size} of ${targets}: ${target}`;
      terminal.progress(`${which}: ${property} (${counted(bugs, "bug")} so far)`);
    },
    end: () => terminal.progress(""),
    count: () => results,
  };
}
