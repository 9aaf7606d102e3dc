import { typesOf } from "@ssert/protocol";
import type { Define } from "../../define.ts";
import { addExample } from "../../help.ts";
import { jsonText } from "../../phrases.ts";
import { deliverDocument } from "../../protocol/document-output.ts";
import { findProtocol } from "../../protocols.ts";
import type { Terminal } from "../../terminal.ts";

interface TypesFlags {
  readonly output?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: types for the code that reads the stream

  ssert protocol types pokee -o pokee-events.ts

The module exports a union of all events, told apart by "type" (and "subtype"),
and an interface for the data of each.
`;

export const define: Define = (command, terminal, finish) => {
  command
    .argument("<protocol>", "a built-in protocol's name, or the path of a protocol file")
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--json", "the module in a JSON string, with the protocol's id")
    .action(async (nameOrPath: string, flags: TypesFlags) => {
      await types(nameOrPath, flags, terminal);
      finish(0);
    });
  addExample(command, EXAMPLE);
};

async function types(nameOrPath: string, { output, json }: TypesFlags, terminal: Terminal): Promise<void> {
  const protocol = await findProtocol(nameOrPath);
  // Not before the protocol has been found: it is the largest part of the command.
  const { compile } = await import("../../protocol/schema-types.ts");
  const module = await typesOf(protocol, compile);
  const text = json === true ? jsonText({ id: protocol.id, types: module }) : module;
  await deliverDocument(text, output, terminal);
}
