import { builtinProtocols, loadBuiltinProtocol, type Protocol, type RuleInfo } from "@ssert/protocol";
import { type Report, renderNdjsonStream, renderNdjsonSummary, type StreamReport } from "@ssert/report";
import { findInputs, frameSource, validateStreams } from "@ssert/validate";
import { type Command, Option } from "commander";
import type { Define } from "../define.ts";
import { addExample } from "../help.ts";
import { counted } from "../phrases.ts";
import { findProtocol } from "../protocols.ts";
import { count, size } from "../quantities.ts";
import { collectFormat, FORMATS } from "../report-formats.ts";
import { type Destination, deliver, destinationsOf, type OutputFlags } from "../report-output.ts";
import { styleFor } from "../style.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { keepYoungGenerationSmall } from "../young-generation.ts";

interface ValidateFlags extends OutputFlags {
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
    .addOption(
      new Option("--format <format>", "of the report, may be repeated; pretty unless told")
        .choices(FORMATS)
        .argParser(collectFormat),
    )
    .option("--json", "the same as --format json")
    .option("--output <file>", "write the report to a file instead of stdout")
    .option("--output-dir <dir>", "write report.FORMAT files; pretty goes to stdout")
    .option("--max-warnings <number>", "exit 1 when there are more warnings than this", count)
    .option("--max-event-bytes <size>", "give up a stream at an event larger than this (16MiB)", size);
  addExample(command, EXAMPLE);
}

async function validate(paths: readonly string[], flags: ValidateFlags, terminal: Terminal): Promise<ExitCode> {
  const destinations = destinationsOf(flags);
  const choice = protocolChoice(flags.protocol === undefined ? undefined : await findProtocol(flags.protocol));
  const inputs = await findInputs(paths);
  await keepYoungGenerationSmall(inputs);
  const frames = frameSource();
  const live = liveLines(destinations, terminal);
  const stopped = new AbortController();
  const off = terminal.onStop(() => stopped.abort());
  try {
    const report = await validateStreams(inputs, {
      protocol: choice.of,
      ...(inputs.some(({ kind }) => kind === "stdin") && { stdin: frames.keep(terminal.stdin) }),
      onStream: live.stream,
      signal: stopped.signal,
      ...(flags.maxEventBytes !== undefined && { maxEventBytes: flags.maxEventBytes }),
    });
    live.end(report);
    const context = { frames, style: styleFor(terminal.outColor), width: terminal.columns, rules: choice.rules() };
    await deliver(report, live.others, context, terminal);
    const untold = stopped.signal.aborted ? interrupted(report, inputs.length) : choice.untold();
    const forPerson = destinations.some(({ format }) => format === "pretty" || format === "github");
    const hint = forPerson && untold === undefined ? framingOnly(report) : undefined;
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
  /** The rules of the protocols chosen so far. */
  readonly rules: () => readonly RuleInfo[];
  /** What could not be judged, if anything. */
  readonly untold: () => string | undefined;
}

function protocolChoice(chosen: Protocol | undefined): ProtocolChoice {
  const unknown = new Set<string>();
  const used = new Set(chosen === undefined ? [] : [chosen]);
  // Compiling one takes longer than reading most streams.
  const loaded = new Map<string, Promise<Protocol | undefined>>();
  return {
    async of(named) {
      if (chosen !== undefined || named === undefined) return chosen;
      const loading = loaded.get(named) ?? loadBuiltinProtocol(named);
      loaded.set(named, loading);
      const builtin = await loading;
      if (builtin === undefined) unknown.add(named);
      else used.add(builtin);
      return builtin;
    },
    rules: () => [...used].flatMap(({ rules }) => rules),
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

interface LiveLines {
  readonly stream: (stream: StreamReport) => void;
  readonly end: (report: Report) => void;
  /** What is delivered when all is done. */
  readonly others: readonly Destination[];
}

/** NDJSON on standard output is written as streams are done: whoever reads it need not wait for the last of them. */
function liveLines(destinations: readonly Destination[], terminal: Terminal): LiveLines {
  const others = destinations.filter(({ format, file }) => format !== "ndjson" || file !== undefined);
  const live = others.length < destinations.length;
  return {
    stream: (stream) => live && terminal.out(renderNdjsonStream(stream)),
    end: ({ summary }) => live && terminal.out(renderNdjsonSummary(summary)),
    others,
  };
}

/** 2 beats 1: what could not be read may hold anything. */
function exitCode({ summary }: Report, maxWarnings = Number.POSITIVE_INFINITY): ExitCode {
  if (summary.unreadable > 0) return 2;
  return summary.invalid + summary.truncated > 0 || summary.warnings > maxWarnings ? 1 : 0;
}
