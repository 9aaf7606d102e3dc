import { builtinProtocols } from "@ssert/protocol";
import type { Define } from "../../define.ts";
import { addExample } from "../../help.ts";
import { jsonText } from "../../phrases.ts";
import { styleFor } from "../../style.ts";
import type { Terminal } from "../../terminal.ts";

interface ListFlags {
  readonly json?: boolean;
}

const EXAMPLE = `
Example: which protocols are there, and which variants of each?

  ssert protocol list
  ssert protocol list --json
`;

export const define: Define = (command, terminal, finish) => {
  command.option("--json", "print JSON").action((flags: ListFlags) => {
    list(flags, terminal);
    finish(0);
  });
  addExample(command, EXAMPLE);
};

function list({ json }: ListFlags, terminal: Terminal): void {
  const protocols = builtinProtocols();
  if (json) {
    terminal.out(jsonText(protocols));
    return;
  }
  const style = styleFor(terminal.outColor);
  const width = Math.max(...protocols.map(({ name }) => name.length));
  for (const { name, version, source, variants } of protocols) {
    terminal.out(`${style("bold", name.padEnd(width))}  version ${version}, written from: ${source}\n`);
    for (const variant of variants) terminal.out(`  ${style("dim", `${name}+${variant}`)}\n`);
  }
}
