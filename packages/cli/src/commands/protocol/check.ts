import { checkDefinition, type DefinitionCheck, type DefinitionFinding } from "@ssert/protocol";
import type { Define } from "../../define.ts";
import { addExample } from "../../help.ts";
import { readProtocolFile } from "../../protocol-file.ts";
import { type Style, styleFor } from "../../style.ts";
import type { Terminal } from "../../terminal.ts";
import { visible } from "../../visible.ts";

interface CheckFlags {
  readonly json?: boolean;
}

const EXAMPLE = `
Example: all that is wrong with a file, and what to do next

  ssert protocol check mine.json

An error means that the file is refused. Advice is about what loads, and most likely is not meant so: an event that cannot
come, a value that is never read, a schema that nothing fits. Exit codes: 0 nothing to mend, 1 errors or advice, 2 the file
cannot be read or is not JSON.
`;

export const define: Define = (command, terminal, finish) => {
  command
    .argument("<file>", "a protocol file (JSON)")
    .option("--json", "print JSON")
    .action(async (path: string, flags: CheckFlags) => {
      const { text, options } = await readProtocolFile(path);
      const result = await checkDefinition(text, options);
      if (flags.json) terminal.out(`${JSON.stringify(asJson(path, result), null, 2)}\n`);
      else tell(path, text, result, terminal);
      finish(result.findings.length === 0 ? 0 : 1);
    });
  addExample(command, EXAMPLE);
};

function asJson(file: string, { protocol, findings, variants, unquoted }: DefinitionCheck): object {
  return { file, protocol: protocol?.id ?? null, findings, variants, unquoted };
}

function tell(path: string, text: string, result: DefinitionCheck, terminal: Terminal): void {
  const style = styleFor(terminal.outColor);
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  for (const finding of result.findings) {
    terminal.out(describe(finding, style));
    if (finding.source === path) terminal.out(frame(finding, lines, style));
    terminal.out("\n");
  }
  const { protocol, findings } = result;
  if (protocol === undefined) {
    const waiting = findings.some(({ severity }) => severity === "advice") ? "" : "; advice comes when that is mended";
    terminal.out(`${visible(path)}: refused, ${counted(errorsIn(findings), "error")}${waiting}\n`);
  } else terminal.out(summary(path, result, protocol, style));
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

function errorsIn(findings: readonly DefinitionFinding[]): number {
  return findings.filter(({ severity }) => severity === "error").length;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
