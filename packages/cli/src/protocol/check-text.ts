import type { DefinitionCheck, DefinitionFinding } from "@ssert/protocol";
import { counted, jsonText } from "../phrases.ts";
import type { Style } from "../style.ts";
import { visible } from "../visible.ts";

/** For a program. */
export function checkJson(file: string, { protocol, findings, variants, unquoted }: DefinitionCheck): string {
  return jsonText({ file, protocol: protocol?.id ?? null, findings, variants, unquoted });
}

/** For a person: each finding with its line of `text`, then what the file comes to. */
export function checkText(path: string, text: string, result: DefinitionCheck, style: Style): string {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const findings = result.findings.map((finding) => {
    return `${describe(finding, style)}${finding.source === path ? frame(finding, lines, style) : ""}\n`;
  });
  const { protocol } = result;
  return (
    findings.join("") +
    (protocol === undefined ? refused(path, result.findings) : summary(path, result, protocol, style))
  );
}

function refused(path: string, findings: readonly DefinitionFinding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const waiting = errors < findings.length ? "" : "; advice comes when that is mended";
  return `${visible(path)}: refused, ${counted(errors, "error")}${waiting}\n`;
}

function describe(
  { severity, message, suggestion, pointer, source, line, column }: DefinitionFinding,
  style: Style,
): string {
  const level = style(severity === "error" ? "red" : "yellow", severity);
  const hint = suggestion === undefined ? "" : `: did you mean ${JSON.stringify(suggestion)}?`;
  const at = pointer === "" ? "" : `  ${pointer}`;
  return `${level}  ${visible(message)}${visible(hint)}\n  ${style("dim", visible(`${source ?? ""}:${line ?? 1}:${column ?? 1}${at}`))}\n`;
}

/** Lines beyond this are cut: a frame is for looking, and a minified file is one line. */
const WIDEST = 100;

function frame({ line = 0, column = 1 }: DefinitionFinding, lines: readonly string[], style: Style): string {
  const text = lines[line - 1];
  if (text === undefined) return "";
  const from = Math.max(0, column - 1 - WIDEST / 2);
  // A tab as one space, so that the mark stands under what it means.
  const shown = text.slice(from, from + WIDEST).replaceAll("\t", " ");
  const rest = text.slice(column - 1);
  const [word = ""] = /^"(?:[^"\\]|\\.)*"|^[\w.+-]+|^./.exec(rest) ?? [];
  const width = Math.max(1, Math.min(word.length, from + shown.length - (column - 1)));
  const gutter = String(line);
  const indent = " ".repeat(column - 1 - from);
  return `  ${gutter} | ${visible(shown)}\n  ${" ".repeat(gutter.length)} | ${indent}${style("red", "^".repeat(width))}\n`;
}

function summary(
  path: string,
  { findings, variants, unquoted }: DefinitionCheck,
  { id, definition, rules }: NonNullable<DefinitionCheck["protocol"]>,
  style: Style,
): string {
  const on = rules.filter(({ severity }) => severity !== "off").length;
  const counts = [
    counted(Object.keys(definition.events).length, "event"),
    counted(Object.keys(definition.scopes).length, "scope"),
    counted(on, "rule"),
    ...(variants.length > 0 ? [counted(variants.length, "variant")] : []),
  ];
  const advice = findings.length === 0 ? "nothing to mend" : `${counted(findings.length, "piece")} of advice`;
  const next = `Next: \`ssert validate STREAM --protocol ${path}\`, \`ssert protocol show ${path}\``;
  return [
    `${style("bold", visible(id))}: ${counts.join(", ")}; ${advice}`,
    ...unsaid(unquoted),
    visible(next),
    "",
  ].join("\n");
}

/** Quotations are a matter of taste, so they are counted, not asked for. */
function unsaid(unquoted: readonly string[]): readonly string[] {
  if (unquoted.length === 0) return [];
  const shown = unquoted.slice(0, 3).map(visible).join(", ");
  const more = unquoted.length > 3 ? ", …" : "";
  return [`Without words of the source in \`rules\`: ${counted(unquoted.length, "rule")} (${shown}${more})`];
}
