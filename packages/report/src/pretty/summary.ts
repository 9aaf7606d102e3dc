import type { Summary } from "../report.ts";
import { count, grouped } from "./count.ts";
import type { Style } from "./style.ts";

/** `2 streams: 1 valid, 1 invalid · 1 error, 0 warnings`. */
export function renderSummary(summary: Summary, style: Style): string {
  const { streams, errors, warnings } = summary;
  const verdicts = [
    [summary.valid, "valid", "green"],
    [summary.invalid, "invalid", "red"],
    [summary.truncated, "truncated", "red"],
    [summary.noStream, "not judged", "dim"],
    [summary.unreadable, "unreadable", "red"],
  ] as const;
  const parts = verdicts
    .filter(([number]) => number > 0)
    .map(([number, word, format]) => style(format, `${grouped(number)} ${word}`));
  const found = [
    errors > 0 ? style("red", count(errors, "error")) : count(errors, "error"),
    warnings > 0 ? style("yellow", count(warnings, "warning")) : count(warnings, "warning"),
  ];
  if (summary.excused !== undefined) found.push(style("dim", `${grouped(summary.excused)} excused`));
  return `${style("bold", count(streams, "stream"))}: ${parts.join(", ") || "none"} · ${found.join(", ")}`;
}
