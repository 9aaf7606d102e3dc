import { type CoverageReport, createCoverage, type Protocol, percentOf } from "@ssert/protocol";
import { findInputs, validateStreams } from "@ssert/validate";
import type { Define } from "../../define.ts";
import { addExample } from "../../help.ts";
import { jsonText } from "../../phrases.ts";
import { fillFolder } from "../../protocol/coverage-fill.ts";
import { renderCoverage, renderFill } from "../../protocol/coverage-text.ts";
import { findProtocol } from "../../protocols.ts";
import { percent } from "../../quantities.ts";
import { styleFor } from "../../style.ts";
import type { ExitCode, Terminal } from "../../terminal.ts";
import { visible } from "../../visible.ts";

interface CoverageFlags {
  readonly json?: boolean;
  readonly min?: number;
  readonly fill?: string;
}

const EXAMPLE = `
Example: what do our recordings not show yet?

  ssert protocol coverage pokee tapes
  ssert protocol coverage pokee tapes --min 90
  ssert protocol coverage pokee tapes --fill missing

A transition is a step in the life of one scope: what comes next after what. A
stream counts up to its first error; from there on only the rules that it
breaks. What no complete stream can have is not in the total.
Exit codes: 0 measured; 1 less than --min; 2 an input could not be read.
`;

export const define: Define = (command, terminal, finish) => {
  command
    .argument("<protocol>", "a built-in protocol's name, or the path of a protocol file")
    .argument("[inputs...]", "files, folders (all *.sse in them), 'globs', or - for stdin")
    .option("--min <percent>", "exit 1 when less than this is covered", percent)
    .option("--fill <dir>", "write the streams that are missing, as tapes; without inputs: all of them")
    .option("--json", "print JSON")
    .action(async (name: string, inputs: readonly string[], flags: CoverageFlags) => {
      finish(await measureAndTell(await findProtocol(name), inputs, flags, terminal));
    });
  addExample(command, EXAMPLE);
};

async function measureAndTell(
  protocol: Protocol,
  names: readonly string[],
  flags: CoverageFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { coverage, readable } = await measure(protocol, names, flags, terminal);
  const fill = flags.fill === undefined ? undefined : await fillFolder(protocol, coverage, flags.fill, terminal);
  const style = styleFor(terminal.outColor);
  terminal.out(
    flags.json
      ? jsonText({ ...coverage, ...(fill && { fill }) })
      : renderCoverage(coverage, style) + (fill === undefined ? "" : renderFill(fill, style)),
  );
  if (!readable) return 2;
  const reached = percentOf(coverage);
  if (flags.min === undefined || reached >= flags.min) return 0;
  terminal.err(`ssert: ${reached} % is covered, less than the ${flags.min} % of --min; add what is missing above\n`);
  return 1;
}

interface Measured {
  readonly coverage: CoverageReport;
  /** Every input could be read. */
  readonly readable: boolean;
}

async function measure(
  protocol: Protocol,
  names: readonly string[],
  { fill }: CoverageFlags,
  terminal: Terminal,
): Promise<Measured> {
  const inputs = names.length === 0 && fill !== undefined ? [] : await findInputs(names);
  const coverage = createCoverage(protocol);
  const stopped = new AbortController();
  const off = terminal.onStop(() => stopped.abort());
  try {
    const report = await validateStreams(inputs, {
      protocol: () => protocol,
      stdin: terminal.stdin,
      signal: stopped.signal,
      watch: (known) => coverage.stream(known),
      onStream: ({ source, verdict, reason }) => {
        if (verdict === "unreadable" || verdict === "no-stream")
          terminal.err(`ssert: ${visible(source)} does not count: ${visible(reason ?? verdict)}\n`);
      },
    });
    return { coverage: coverage.report(), readable: report.summary.unreadable === 0 };
  } finally {
    off();
  }
}
