import { markdownOf, type RuleInfo } from "@ssert/protocol";
import { Option } from "commander";
import type { Define } from "../../define.ts";
import { addExample } from "../../help.ts";
import { jsonText } from "../../phrases.ts";
import { findProtocol } from "../../protocols.ts";
import { type Style, styleFor } from "../../style.ts";
import type { Terminal } from "../../terminal.ts";
import { visible } from "../../visible.ts";

interface ShowFlags {
  readonly format: "text" | "markdown";
  readonly json?: boolean;
}

const EXAMPLE = `
Example: read the rules here, or keep them as a page

  ssert protocol show pokee
  ssert protocol show ./mine.json --format markdown > mine.md
`;

export const define: Define = (command, terminal, finish) => {
  command
    .argument("<protocol>", "a built-in protocol's name, or the path of a protocol file")
    .addOption(
      new Option("--format <format>", "text: the rules; markdown: a page with events, scopes, states and rules")
        .choices(["text", "markdown"])
        .default("text"),
    )
    .option("--json", "print JSON")
    .action(async (nameOrPath: string, flags: ShowFlags) => {
      await show(nameOrPath, flags, terminal);
      finish(0);
    });
  addExample(command, EXAMPLE);
};

async function show(nameOrPath: string, { format, json }: ShowFlags, terminal: Terminal): Promise<void> {
  const protocol = await findProtocol(nameOrPath);
  const { id, rules } = protocol;
  if (json) {
    terminal.out(jsonText({ id, rules }));
    return;
  }
  if (format === "markdown") {
    terminal.out(markdownOf(protocol));
    return;
  }
  const style = styleFor(terminal.outColor);
  const width = Math.max(...rules.map((rule) => rule.id.length));
  const shown = rules.filter(({ severity }) => severity !== "off");
  terminal.out(`${style("bold", visible(id))}: ${shown.length} rules\n\n`);
  for (const rule of shown) terminal.out(describeRule(rule, width, style));
}

function describeRule({ id, severity, title, source }: RuleInfo, width: number, style: Style): string {
  const level = style(severity === "error" ? "red" : "yellow", severity.padEnd("warning".length));
  const from =
    source === undefined ? "" : `\n${" ".repeat("warning".length + width + 4)}${style("dim", visible(source))}`;
  return `${level}  ${visible(id).padEnd(width)}  ${visible(title)}${from}\n`;
}
