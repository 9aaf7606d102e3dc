import { type CoverageGroup, type CoverageGroupName, type CoverageReport, percentOf } from "@ssert/protocol";
import { counted } from "../phrases.ts";
import type { Style } from "../style.ts";
import { visible } from "../visible.ts";
import type { CoverageFill } from "./coverage-fill.ts";

const TITLES: Readonly<Record<CoverageGroupName, string>> = {
  events: "events",
  transitions: "transitions",
  properties: "properties",
  rulesHeld: "rules kept",
  rulesBroken: "rules broken",
};

/** A line a group, then what is missing, each with what a stream must have to cover it. */
export function renderCoverage(report: CoverageReport, style: Style): string {
  const groups = Object.entries(TITLES).map(([name, title]) => [title, groupNamed(report, name)] as const);
  const { streams, broken, protocol } = report;
  const faulty = broken === 0 ? "" : `, ${broken} of them broken`;
  const lines = [`${style("bold", visible(protocol))}: ${counted(streams, "stream")}${faulty}`, ""];
  for (const [title, group] of [...groups, ["in all", report] as const]) lines.push(summary(title, group, style));
  for (const [title, group] of groups) lines.push(...missing(title, group, style));
  return `${lines.join("\n")}\n`;
}

function groupNamed(report: CoverageReport, name: string): CoverageGroup {
  return Object.entries(report.groups).find(([group]) => group === name)?.[1] ?? { covered: 0, total: 0, items: [] };
}

function summary(title: string, of: { readonly covered: number; readonly total: number }, style: Style): string {
  const percent = percentOf(of);
  const share = `${of.covered}/${of.total}`.padStart(9);
  const figure = of.total === 0 ? "none in this protocol".padStart(6) : `${percent.toFixed(1).padStart(6)} %`;
  return `  ${title.padEnd(14)}${share}  ${style(percent === 100 ? "green" : "yellow", figure)}`;
}

function missing(title: string, { items }: CoverageGroup, style: Style): readonly string[] {
  const lacking = items.filter(({ count }) => count === 0);
  if (lacking.length === 0) return [];
  const lines = lacking.map(({ id, hint }) => `  ${visible(id)}\n    ${style("dim", visible(hint))}`);
  return ["", style("bold", `missing ${title} (${lacking.length})`), ...lines];
}

/** What `--fill` wrote, and what it could not find. */
export function renderFill({ dir, streams, lacking }: CoverageFill, style: Style): string {
  const broken = streams.filter(({ breaks }) => breaks !== undefined).length;
  const wrote = `wrote ${counted(streams.length - broken, "valid stream")} and ${broken} broken to ${visible(dir)}`;
  const lines = ["", style("bold", streams.length === 0 ? "nothing to fill" : wrote)];
  if (lacking.length > 0) lines.push(style("yellow", `found no stream for ${counted(lacking.length, "item")}:`));
  for (const { group, id } of lacking) lines.push(`  ${group}: ${visible(id)}`);
  return `${lines.join("\n")}\n`;
}
