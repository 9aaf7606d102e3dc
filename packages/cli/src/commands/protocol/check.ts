import { checkDefinition } from "@ssert/protocol";
import type { Define } from "../../define.ts";
import { addExample } from "../../help.ts";
import { checkJson, checkText } from "../../protocol/check-text.ts";
import { readProtocolFile } from "../../protocol-file.ts";
import { styleFor } from "../../style.ts";

interface CheckFlags {
  readonly json?: boolean;
}

const EXAMPLE = `
Example: all that is wrong with a file, and what to do next

  ssert protocol check mine.json

An error means that the file is refused. Advice is about what loads, and most
likely is not meant so: an event that cannot come, a value that is never read, a
schema that nothing fits.
Exit codes: 0 nothing to mend; 1 errors or advice; 2 no file, or no JSON in it.
`;

export const define: Define = (command, terminal, finish) => {
  command
    .argument("<file>", "a protocol file (JSON)")
    .option("--json", "print JSON")
    .action(async (path: string, flags: CheckFlags) => {
      const { text, options } = await readProtocolFile(path);
      const result = await checkDefinition(text, options);
      const style = styleFor(terminal.outColor);
      terminal.out(flags.json ? checkJson(path, result) : checkText(path, text, result, style));
      finish(result.findings.length === 0 ? 0 : 1);
    });
  addExample(command, EXAMPLE);
};
