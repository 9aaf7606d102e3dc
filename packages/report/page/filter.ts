import type { Finding, Severity } from "../src/finding.ts";
import type { StreamReport, Verdict } from "../src/report.ts";

export interface Filter {
  /** Looked for in the streams' names and in what findings say, case ignored. */
  readonly text: string;
  /** None: all. */
  readonly verdicts: ReadonlySet<Verdict>;
  readonly severity: Severity | undefined;
  readonly rule: string | undefined;
}

export const EVERYTHING: Filter = { text: "", verdicts: new Set(), severity: undefined, rule: undefined };

export function isEverything({ text, verdicts, severity, rule }: Filter): boolean {
  return text === "" && verdicts.size === 0 && severity === undefined && rule === undefined;
}

export function passes(stream: StreamReport, filter: Filter): boolean {
  if (filter.verdicts.size > 0 && !filter.verdicts.has(stream.verdict)) return false;
  const aboutFindings = filter.severity !== undefined || filter.rule !== undefined;
  if (!aboutFindings && (isNamed(stream, filter) || has(stream.reason, filter.text))) return true;
  return stream.findings.some((finding) => findingPasses(finding, stream, filter));
}

/** Of a stream that is found by its name, every finding of the rule and the severity passes. */
export function findingPasses(finding: Finding, stream: StreamReport, filter: Filter): boolean {
  if (filter.severity !== undefined && finding.severity !== filter.severity) return false;
  if (filter.rule !== undefined && finding.rule !== filter.rule) return false;
  return (
    isNamed(stream, filter) ||
    [finding.rule, finding.message, finding.event?.type].some((text) => has(text, filter.text))
  );
}

function isNamed({ source }: StreamReport, { text }: Filter): boolean {
  return has(source, text);
}

function has(text: string | null | undefined, part: string): boolean {
  return typeof text === "string" && text.toLowerCase().includes(part.toLowerCase());
}
