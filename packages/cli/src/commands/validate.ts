import { writeFile } from "node:fs/promises";
import type { Protocol } from "@ssert/protocol";
import { type Report, renderJson, renderPretty } from "@ssert/report";
import { findInputs, frameSource, validateStreams } from "@ssert/validate";
import { type Command, Option } from "commander";
import { CommandError } from "../errors.ts";
import { addExample } from "../help.ts";
import { findProtocol } from "../protocols.ts";
import { count, size } from "../quantities.ts";
import { styleFor } from "../style.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import type { Define } from "../verbs.ts";

interface ValidateFlags {
  readonly protocol?: string;
  readonly format?: "pretty" | "json";
  readonly output?: string;
  readonly maxWarnings?: number;
  readonly maxEventBytes?: number;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: check what was recorded, and what another program made

  ssert validate tapes
  curl -N https://api.example.com/events | ssert validate - --protocol pokee

The protocol is the one of --protocol, else the one that the tape names, else none: then only the framing of the
stream is checked, and the report says so. "ssert protocol list" shows the built-in ones.
Exit codes: 0 every stream is valid; 1 findings; 2 an input could not be read.
`;

export const define: Define = (command, terminal, finish) => {
  describe(command);
  command.action(async (inputs: readonly string[], flags: ValidateFlags) => {
    finish(await validate(inputs, flags, terminal));
  });
};

function describe(command: Command): void {
  command
    .description("Says whether streams keep to their protocol; where they do not, shows both places that matter and what to do.")
    .argument("<inputs...>", "files, folders (all *.sse in them), 'globs', or - for stdin")
    .option("--protocol <protocol>", "a built-in protocol's name, or the path of a protocol file")
    .addOption(new Option("--format <format>", "pretty (default) or json").choices(["pretty", "json"]))
    .option("--json", "the same as --format json")
    .option("--output <file>", "write the report to a file instead of stdout")
    .option("--max-warnings <number>", "exit 1 when there are more warnings than this", count)
    .option("--max-event-bytes <size>", "give up a stream at an event larger than this (16MiB)", size);
  addExample(command, EXAMPLE);
}

async function validate(paths: readonly string[], flags: ValidateFlags, terminal: Terminal): Promise<ExitCode> {
  const protocol = flags.protocol === undefined ? undefined : await findProtocol(flags.protocol);
  const inputs = await findInputs(paths);
  const report = await validateStreams(inputs, {
    protocol: await chooser(protocol),
    stdin: terminal.stdin,
    ...(flags.maxEventBytes !== undefined && { maxEventBytes: flags.maxEventBytes }),
  });
  await deliver(report, flags, terminal);
  return exitCode(report, flags.maxWarnings);
}
