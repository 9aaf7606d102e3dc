/** A table in Markdown, with columns of even width, as the formatter wants them. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [heading, ...rows].map((row) => row.map(escapeCell));
  const widths = heading.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  const lines = cells.map((row) => line(widths.map((width, column) => (row[column] ?? "").padEnd(width))));
  return [lines[0], line(widths.map((width) => "-".repeat(width))), ...lines.slice(1)].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function escapeCell(text: string): string {
  const oneLine = text.replaceAll(/[\s\p{Cc}]+/gu, " ").replaceAll("|", "\\|");
  // In code a less-than sign stands for itself.
  return oneLine.replaceAll(/(`+).*?\1|</g, (found) => (found === "<" ? "&lt;" : found));
}

/** Text as code, whatever is in it. */
export function code(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const air = fence.length > 1 ? " " : "";
  return `${fence}${air}${text}${air}${fence}`;
}
