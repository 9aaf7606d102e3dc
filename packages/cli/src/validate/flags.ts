import { type Command, Option } from "commander";
import { addExample } from "../help.ts";
import { count, size } from "../quantities.ts";
import { collectFormat, FORMATS } from "../report-formats.ts";
import type { OutputFlags } from "../report-output.ts";
import type { ShrinkFlags } from "./shrink-input.ts";

export interface ValidateFlags extends OutputFlags, ShrinkFlags {
  readonly protocol?: string;
  readonly maxWarnings?: number;
  readonly maxEventBytes?: number;
}

const EXAMPLE = `
Example: check what was recorded, and what another program made

  ssert validate tapes
  curl -N https://api.example.com/events | ssert validate - --protocol pokee

The protocol is that of --protocol, else the one that the tape names. Without
any, only the framing is checked, and the report says so. "ssert protocol list"
shows the built-in ones.
Exit codes: 0 every stream is valid; 1 findings; 2 an input could not be read.
`;

/** Arguments, flags and help of `ssert validate`. */
export function describe(command: Command): void {
  command
    .description(
      "Says whether streams keep to their protocol; where they do not, shows both places that matter and what to do.",
    )
    .argument("<inputs...>", "files, folders (all *.sse in them), 'globs', or - for stdin")
    .option("--protocol <protocol>", "a built-in protocol's name, or the path of a protocol file")
    .addOption(
      new Option("--format <format>", "of the report, may be repeated; pretty unless told")
        .choices(FORMATS)
        .argParser(collectFormat),
    )
    .option("--json", "the same as --format json")
    .option("--output <file>", "write the report to a file instead of stdout")
    .option("--output-dir <dir>", "write report.FORMAT files; pretty goes to stdout")
    .option("--max-warnings <number>", "exit 1 when there are more warnings than this", count)
    .option("--max-event-bytes <size>", "give up a stream at an event larger than this (16MiB)", size)
    .option("--shrink <file>", "write the smallest stream that still fails the same way")
    .option("--redact-text", "with --shrink: without the content, fit for a bug report");
  addExample(command, EXAMPLE);
}
