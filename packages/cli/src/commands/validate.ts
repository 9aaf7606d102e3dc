import { writeFile } from "node:fs/promises";
import { builtinProtocols, loadBuiltinProtocol, type Protocol } from "@ssert/protocol";
import { type FrameSource, type Report, renderJson, renderPretty } from "@ssert/report";
import { findInputs, frameSource, validateStreams } from "@ssert/validate";
import { type Command, Option } from "commander";
import type { Define } from "../define.ts";
import { CommandError } from "../errors.ts";
import { addExample } from "../help.ts";
import { counted } from "../phrases.ts";
import { findProtocol } from "../protocols.ts";
import { count, size } from "../quantities.ts";
import { styleFor } from "../style.ts";
import type { ExitCode, Terminal } from "../terminal.ts";

interface ValidateFlags {
  readonly protocol?: string;
  readonly format?: "pretty" | "json";
  readonly output?: string;
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

export const define: Define = (command, terminal, finish) => {
  describe(command);
  command.action(async (inputs: readonly string[], flags: ValidateFlags) => {
    finish(await validate(inputs, flags, terminal));
  });
};

function describe(command: Command): void {
  command
    .description(
      "Says whether streams keep to their protocol; where they do not, shows both places that matter and what to do.",
    )
    .argument("<inputs...>", "files, folders (all *.sse in them), 'globs', or - for stdin")
    .option("--protocol <protocol>", "a built-in protocol's name, or the path of a protocol file")
    .addOption(new Option("--format <format>", "of the report; pretty unless told").choices(["pretty", "json"]))
    .addOption(new Option("--json", "the same as --format json").implies({ format: "json" }))
    .option("--output <file>", "write the report to a file instead of stdout")
    .option("--max-warnings <number>", "exit 1 when there are more warnings than this", count)
    .option("--max-event-bytes <size>", "give up a stream at an event larger than this (16MiB)", size);
  addExample(command, EXAMPLE);
}

async function validate(paths: readonly string[], flags: ValidateFlags, terminal: Terminal): Promise<ExitCode> {
  const choice = protocolChoice(flags.protocol === undefined ? undefined : await findProtocol(flags.protocol));
  const inputs = await findInputs(paths);
  const frames = frameSource();
  const stopped = new AbortController();
  const off = terminal.onStop(() => stopped.abort());
  try {
    const report = await validateStreams(inputs, {
      protocol: choice.of,
      ...(inputs.some(({ kind }) => kind === "stdin") && { stdin: frames.keep(terminal.stdin) }),
      signal: stopped.signal,
      ...(flags.maxEventBytes !== undefined && { maxEventBytes: flags.maxEventBytes }),
    });
    await deliver(report, frames, flags, terminal);
    const untold = stopped.signal.aborted ? interrupted(report, inputs.length) : choice.untold();
    const hint = flags.format === "json" || untold !== undefined ? undefined : framingOnly(report);
    if (hint !== undefined) terminal.err(`${hint}\n`);
    if (untold === undefined) return exitCode(report, flags.maxWarnings);
    terminal.err(`ssert: ${untold}\n`);
    return 2;
  } finally {
    off();
  }
}

interface ProtocolChoice {
  /** The protocol of a stream, given what its tape says. */
  readonly of: (named: string | undefined) => Promise<Protocol | undefined>;
  /** What could not be judged, if anything. */
  readonly untold: () => string | undefined;
}

function protocolChoice(chosen: Protocol | undefined): ProtocolChoice {
  const unknown = new Set<string>();
  return {
    async of(named) {
      if (chosen !== undefined || named === undefined) return chosen;
      const builtin = await loadBuiltinProtocol(named);
      if (builtin === undefined) unknown.add(named);
      return builtin;
    },
    untold() {
      if (unknown.size === 0) return undefined;
      const names = [...unknown].map((name) => JSON.stringify(name)).join(", ");
      return `tapes name the protocol ${names}, which is not built in, so only wire rules were checked; name its file with --protocol FILE`;
    },
  };
}

/** A green tick must not be taken for more than it says. */
function framingOnly({ streams }: Report): string | undefined {
  const judged = streams.filter(({ verdict }) => verdict !== "no-stream" && verdict !== "unreadable");
  const without = judged.filter(({ protocol }) => protocol === null).length;
  if (without === 0) return undefined;
  const known = builtinProtocols().map(({ name }) => name);
  return `${counted(without, "stream")} without a protocol: only the framing was checked; name one with --protocol (${known.join(", ")}, or a file)`;
}

function interrupted({ streams }: Report, inputs: number): string {
  return `interrupted: ${streams.length} of ${inputs} inputs were read, the last perhaps not to its end`;
}

async function deliver(report: Report, frames: FrameSource, flags: ValidateFlags, terminal: Terminal): Promise<void> {
  const { output, format } = flags;
  const style = styleFor(output === undefined && terminal.outColor);
  const width = terminal.columns;
  const pretty = (): string => renderPretty(report, { style, frames, ...(width !== undefined && { width }) });
  const text = format === "json" ? renderJson(report) : pretty();
  if (output === undefined) {
    terminal.out(text);
    return;
  }
  try {
    await writeFile(output, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError("unwritable", `--output: cannot write the report: ${reason}`, { cause: error });
  }
  terminal.err(`report written to ${output}\n`);
}

/** 2 beats 1: what could not be read may hold anything. */
function exitCode({ summary }: Report, maxWarnings = Number.POSITIVE_INFINITY): ExitCode {
  if (summary.unreadable > 0) return 2;
  return summary.invalid + summary.truncated > 0 || summary.warnings > maxWarnings ? 1 : 0;
}
