import { createStreamCheck, type Protocol } from "@ssert/protocol";
import { type Finding, fingerprints } from "@ssert/report";
import type { Piece } from "./pieces.ts";

/** Says whether a candidate still fails in the way that is looked for. */
export interface Oracle {
  holds(candidate: readonly Piece[]): boolean;
  /** Events checked so far. */
  readonly spent: number;
  /** No more is checked: nothing holds from now on. */
  readonly exhausted: boolean;
}

/**
 * A candidate must show the same finding: rule, type of event and place in the data. It must have no finding that the whole
 * stream has not, or what is left would be another bug. `budget`: events to check before giving up.
 */
export function createOracle(
  protocol: Protocol | undefined,
  target: Finding,
  findings: readonly Finding[],
  budget: number,
): Oracle {
  const wanted = mark(target);
  const known = new Set(findings.map(mark));
  let spent = 0;
  return {
    holds(candidate) {
      if (spent > budget) return false;
      spent += candidate.length + 1;
      const marks = check(protocol, candidate).map(mark);
      return marks.includes(wanted) && marks.every((other) => known.has(other));
    },
    get spent() {
      return spent;
    },
    get exhausted() {
      return spent > budget;
    },
  };
}

export function check(protocol: Protocol | undefined, pieces: readonly Piece[]): readonly Finding[] {
  const streamCheck = createStreamCheck({ protocol });
  for (const { bytes } of pieces) streamCheck.push(bytes);
  return streamCheck.end().findings;
}

/** At the end of input there is no event to know a finding by: the message says what was open. Numbers and ids may change. */
function mark(finding: Finding): string {
  const atEnd = finding.event === undefined ? finding.message.replaceAll(/"[^"]*"|\d+/g, "") : "";
  return `${finding.severity} ${fingerprints([finding])[0]} ${atEnd}`;
}
