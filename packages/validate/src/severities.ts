import type { Protocol, RuleSeverity } from "@ssert/protocol";
import type { Finding, StreamReport } from "@ssert/report";

/** Severities of one's own, by rule. */
export type Severities = Readonly<Record<string, RuleSeverity>>;

/**
 * A stream's report with other severities for rules that are not the protocol's: about the recording (`tape/*`), about how a live
 * stream ended, and the framing of a stream without a protocol. Those of the protocol are judged as they are set.
 */
export function withOwnSeverities(
  stream: StreamReport,
  protocol: Protocol | undefined,
  severities: Severities | undefined,
): StreamReport {
  if (severities === undefined || stream.findings.length === 0) return stream;
  const judged = new Set(protocol?.rules.map(({ id }) => id));
  const findings = stream.findings.flatMap((finding): Finding[] => {
    const { rule } = finding;
    const severity = judged.has(rule) || !Object.hasOwn(severities, rule) ? finding.severity : severities[rule];
    if (severity === "off" || severity === undefined) return [];
    return [severity === finding.severity ? finding : { ...finding, severity }];
  });
  return { ...stream, findings, verdict: verdictOf(stream.verdict, findings) };
}

/** As the checker decides it, from findings that have changed. What was not judged stays so. */
export function verdictOf(verdict: StreamReport["verdict"], findings: readonly Finding[]): StreamReport["verdict"] {
  if (verdict === "no-stream" || verdict === "unreadable") return verdict;
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return "valid";
  return errors.every(({ rule }) => rule === "stream/truncated") ? "truncated" : "invalid";
}
