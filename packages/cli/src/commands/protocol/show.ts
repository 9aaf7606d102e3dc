import type { RuleInfo } from "@ssert/protocol";
import type { Define } from "../../define.ts";
import { findProtocol } from "../../protocols.ts";
import { type Style, styleFor } from "../../style.ts";
import type { Terminal } from "../../terminal.ts";
import { visible } from "../../visible.ts";

interface ShowFlags {
  readonly json?: boolean;
}

export const define: Define = (command, terminal, finish) => {
  command
    .argument("<protocol>", "a built-in protocol's name, or the path of a protocol file")
    .option("--json", "print JSON")
    .action(async (nameOrPath: string, flags: ShowFlags) => {
      await show(nameOrPath, flags, terminal);
      finish(0);
    });
};

async function show(nameOrPath: string, { json }: ShowFlags, terminal: Terminal): Promise<void> {
  const { id, rules } = await findProtocol(nameOrPath);
  if (json) {
    terminal.out(`${JSON.stringify({ id, rules }, null, 2)}\n`);
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
