import { mermaidOf, type Protocol, svgOf } from "@ssert/protocol";
import { Option } from "commander";
import type { Define } from "../../define.ts";
import { addExample } from "../../help.ts";
import { jsonText } from "../../phrases.ts";
import { deliverDocument } from "../../protocol/document-output.ts";
import { findProtocol } from "../../protocols.ts";
import type { Terminal } from "../../terminal.ts";

interface DiagramFlags {
  readonly format: "mermaid" | "svg";
  readonly output?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: a picture for a page, and text that GitHub draws

  ssert protocol diagram pokee --format svg -o pokee.svg
  ssert protocol diagram ./mine.json > mine.mmd
`;

export const define: Define = (command, terminal, finish) => {
  command
    .argument("<protocol>", "a built-in protocol's name, or the path of a protocol file")
    .addOption(
      new Option("--format <format>", "mermaid: text; svg: a picture for light and dark pages")
        .choices(["mermaid", "svg"])
        .default("mermaid"),
    )
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--json", "the diagram in a JSON string, with the protocol's id")
    .action(async (nameOrPath: string, flags: DiagramFlags) => {
      await diagram(nameOrPath, flags, terminal);
      finish(0);
    });
  addExample(command, EXAMPLE);
};

async function diagram(nameOrPath: string, flags: DiagramFlags, terminal: Terminal): Promise<void> {
  const protocol = await findProtocol(nameOrPath);
  const { format } = flags;
  const drawn = await draw(protocol, format);
  const text = flags.json === true ? jsonText({ id: protocol.id, format, diagram: drawn }) : drawn;
  await deliverDocument(text, flags.output, terminal);
}

async function draw(protocol: Protocol, format: DiagramFlags["format"]): Promise<string> {
  if (format === "mermaid") return mermaidOf(protocol);
  const { layOut } = await import("../../protocol/layout.ts");
  return svgOf(protocol, layOut);
}
