import { builtinProtocols, type RuleInfo } from "@ssert/protocol";
import type { Define } from "../define.ts";
import { addExample } from "../help.ts";
import { findProtocol } from "../protocols.ts";
import { type Style, styleFor } from "../style.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible.ts";

interface ProtocolFlags {
  readonly json?: boolean;
}

const EXAMPLE = `
Example: what is checked, and why

  ssert protocol list
  ssert protocol show pokee

A name with a plus is a variant, for a vendor that deviates: openai-chat+azure.
`;

export const define: Define = (command, terminal, finish) => {
  command
    .description("Lists the protocols that ssert knows, and shows the rules of one: a built-in one or a protocol file.")
    .usage("list | show PROTOCOL")
    .helpCommand(false);
  command
    .command("list")
    .description("list the built-in protocols")
    .helpOption("-h, --help", "print this help")
    .option("--json", "print JSON")
    .action((flags: ProtocolFlags) => {
      list(flags, terminal);
      finish(0);
    });
  command
    .command("show")
    .description("show the rules of a protocol, how severe each is and where it comes from")
    .argument("<protocol>", "a built-in protocol's name, or the path of a protocol file")
    .helpOption("-h, --help", "print this help")
    .option("--json", "print JSON")
    .action(async (nameOrPath: string, flags: ProtocolFlags) => {
      await show(nameOrPath, flags, terminal);
      finish(0);
    });
  addExample(command, EXAMPLE);
};

function list({ json }: ProtocolFlags, terminal: Terminal): void {
  const protocols = builtinProtocols();
  if (json) {
    terminal.out(`${JSON.stringify(protocols, null, 2)}\n`);
    return;
  }
  const style = styleFor(terminal.outColor);
  const width = Math.max(...protocols.map(({ name }) => name.length));
  for (const { name, version, source, variants } of protocols) {
    terminal.out(`${style("bold", name.padEnd(width))}  version ${version}, written from: ${source}\n`);
    for (const variant of variants) terminal.out(`  ${style("dim", `${name}+${variant}`)}\n`);
  }
}

async function show(nameOrPath: string, { json }: ProtocolFlags, terminal: Terminal): Promise<void> {
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
