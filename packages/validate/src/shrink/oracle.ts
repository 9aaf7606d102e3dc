import { createStreamCheck, type Protocol } from "@ssert/protocol";
import { type Finding, fingerprints } from "@ssert/report";
import { publicWords } from "../private-stream.ts";
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
  const words = publicWords(protocol === undefined ? [] : [protocol.definition]);
  const markOf = (finding: Finding): string => mark(finding, words);
  const wanted = markOf(target);
  const known = new Set(findings.map(markOf));
  let spent = 0;
  return {
    holds(candidate) {
      if (spent > budget) return false;
      spent += candidate.length + 1;
      const marks = check(protocol, candidate).map(markOf);
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

function mark(finding: Finding, words: ReadonlySet<string>): string {
  const place = { ...finding, ...(finding.path !== undefined && { path: knownPath(finding.path, words) }) };
  return `${finding.severity} ${fingerprints([place])[0]} ${finding.event === undefined ? toldWithoutEvent(finding) : ""}`;
}

/** Without an event to know a finding by, its message says what was open. Numbers, ids and what framing quotes may change. */
function toldWithoutEvent({ rule, message }: Finding): string {
  const said = rule.startsWith("sse/") ? message.replace(/ \(.*\)/s, "") : message;
  return said.replaceAll(/"[^"]*"|\d+/g, "");
}

/** Keys that the protocol does not have, those of a tool's input, are content: any other will do. */
function knownPath(path: string, words: ReadonlySet<string>): string {
  return path.replaceAll(/[^/]+/g, (key) => (words.has(key) ? key : "*"));
}
