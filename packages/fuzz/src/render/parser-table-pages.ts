import { escapeCase } from "../case/escape.ts";
import { properties } from "../properties/table.ts";
import type { CheckResult, PropertyResult, Verdict } from "../run/check-result.ts";
import { describeFinding, titleOf } from "../run/describe.ts";
import type { FuzzResult } from "../verb/run-fuzz.ts";
import { signs } from "./signs.ts";

/** What the table says about itself: it is out of date as soon as a parser is mended. */
export interface ParserTableFacts {
  /** ISO 8601. */
  readonly date: string;
  /** Node's version, since parsers use its decoder. */
  readonly node: string;
  readonly runs: number;
}

const legend = `${signs.pass} pass, ${signs.bug} bug, ${signs.declared} declared by the adapter with a reason, ${signs["internal-only"]} internal only (the package's public entry contradicts it), ${signs["not-observable"]} not observable through the API`;

/** Parsers × properties and every finding, as a Markdown page. */
export function renderParserTableMarkdown(
  { seed, targets }: FuzzResult,
  { date, node, runs }: ParserTableFacts,
): string {
  const shown = properties.filter(({ name }) => targets.some(({ results }) => resultOf(results, name) !== undefined));
  const numbers = targets.map((_, index) => ` ${index + 1} |`).join("");
  const rows = shown.map(
    ({ name }) => `| \`${name}\` |${targets.map((target) => ` ${cell(target, name)} |`).join("")}`,
  );
  return [
    `# Parsers and the standard`,
    `Made by \`node tools/parsers-table.ts\` on ${date} with Node ${node}, ${runs} cases a property, seed ${seed}. ${legend}.`,
    targets.map((target, index) => `${index + 1}. ${titleOf(target)}`).join("\n"),
    [`| property |${numbers}`, `| --- |${targets.map(() => " :-: |").join("")}`, ...rows].join("\n"),
    ...targets.map(markdownFindings),
    "",
  ].join("\n\n");
}

function markdownFindings(target: CheckResult): string {
  const found = target.results.filter(({ verdict }) => isFound(verdict));
  const lines = found.map((result) => `- ${signs[result.verdict]} \`${result.property}\`: ${inShort(result)}`);
  return `## ${titleOf(target)}\n\n${lines.length === 0 ? "Nothing found." : lines.join("\n")}`;
}

const isFound = (verdict: Verdict): boolean => verdict !== "pass" && verdict !== "not-observable";

// In one line a 64 KiB line is not shown whole.
const longest = 160;

function inShort({ counterexample, growth, reason, publicEntry }: PropertyResult): string {
  const seen =
    publicEntry === undefined ? "" : ` (${confirmations[String(publicEntry.confirmed)]} \`${publicEntry.name}\`)`;
  const why = reason === undefined ? seen : ` (declared: ${reason})`;
  if (counterexample === undefined) return `${growth?.problem ?? ""}${why}`;
  const shown = escapeCase(counterexample.case);
  const stream = shown.length <= longest ? shown : `${shown.slice(0, longest)}…`;
  return `\`${stream}\`: ${codeSafe(counterexample.mismatch.message)}${why}`;
}

const confirmations: Readonly<Record<string, string>> = {
  true: "confirmed through",
  false: "internal only: not so through",
  "not observable there": "not observable through",
};

const codeSafe = (text: string): string => text.replace(/[<>|*_]/g, (character) => `\\${character}`);

/** The same as a page that needs nothing beside it; a cell opens what is behind it. */
export function renderParserTableHtml(result: FuzzResult, { date, node, runs }: ParserTableFacts): string {
  const { seed, targets } = result;
  const heads = targets.map((target) => `<th scope="col"><span>${escapeHtml(titleOf(target))}</span></th>`).join("");
  const rows = properties.map((property) => {
    const cells = targets.map((target, column) => htmlCell(target, property.name, column)).join("");
    return `<tr><th scope="row" title="${escapeHtml(property.title)}">${property.name}</th>${cells}</tr>`;
  });
  const findings = targets.flatMap((target, column) =>
    target.results
      .filter(({ verdict }) => isFound(verdict))
      .map(
        (found) =>
          `<section id="${anchor(column, found.property)}"><pre>${escapeHtml(describeFinding(target, found))}</pre></section>`,
      ),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Parsers and the standard</title>
<style>${style}</style>
<h1>Parsers and the standard</h1>
<p>${date}, Node ${escapeHtml(node)}, ${runs} cases a property, seed ${seed}. ${legend}.</p>
<div class="scroll"><table><thead><tr><td></td>${heads}</tr></thead><tbody>
${rows.join("\n")}
</tbody></table></div>
${findings.join("\n")}
</html>
`;
}

const style = `
body { font: 15px/1.4 system-ui, sans-serif; margin: 1.5rem; color: #1a1a1a; background: #fff; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
thead th { vertical-align: bottom; height: 14rem; }
thead th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; font-weight: 500; }
tbody th { text-align: left; font: 13px ui-monospace, monospace; padding-right: 1rem; white-space: nowrap; }
td { width: 1.9rem; height: 1.5rem; text-align: center; border: 1px solid #e3e3e3; }
.pass { background: #e6f4ea; color: #1e6b34; } .bug { background: #fce4e4; } .declared, .internal-only { background: #fff3d6; }
.not-observable { color: #767676; } td a { display: block; color: #a11212; text-decoration: none; font-weight: 700; }
.declared a, .internal-only a { color: #7a5200; } section { border-top: 1px solid #e3e3e3; } section:target { background: #fffbe6; }
pre { white-space: pre-wrap; font: 13px/1.45 ui-monospace, monospace; }`;

function htmlCell(target: CheckResult, name: string, column: number): string {
  const result = resultOf(target.results, name);
  if (result === undefined) return "<td></td>";
  const { verdict, reason } = result;
  const sign = signs[verdict];
  const title = reason === undefined ? "" : ` title="${escapeHtml(reason)}"`;
  const linked = isFound(verdict);
  return `<td class="${verdict}"${title}>${linked ? `<a href="#${anchor(column, name)}">${sign}</a>` : sign}</td>`;
}

function cell({ results }: CheckResult, name: string): string {
  const verdict = resultOf(results, name)?.verdict;
  return verdict === undefined ? "" : signs[verdict];
}

const anchor = (column: number, property: string): string => `p${column + 1}-${property.replace("/", "-")}`;

const resultOf = (results: readonly PropertyResult[], name: string): PropertyResult | undefined =>
  results.find(({ property }) => property === name);

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
