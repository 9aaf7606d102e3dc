import type { Finding } from "./finding.ts";
import { printable } from "./pretty/printable.ts";

/** Of an event's type or a path: broken streams have long ones. */
const LIMIT = 200;

/**
 * What tells the findings of one stream apart, in their order, and stays the same when the stream is recorded again with
 * other texts, ids and lengths: the rule, the type of the event, the path in its data, and which finding of these it is.
 * No line, no offset, no event number, no index of an array.
 */
export function fingerprints(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, event, path = "" }) => {
    const parts = [rule, event?.type ?? "", path.replaceAll(/\/\d+(?=\/|$)/g, "/*")];
    const structure = parts.map((part) => printable(part.slice(0, LIMIT)).replaceAll("|", "%7C")).join("|");
    const nth = (seen.get(structure) ?? 0) + 1;
    seen.set(structure, nth);
    return `${structure}|${nth}`;
  });
}
