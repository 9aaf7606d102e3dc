import type { Report, RuleDescription, Summary } from "@ssert/report";
import type { StreamFrames } from "@ssert/validate";
import { styleFor } from "../style.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { liveLines } from "./live-lines.ts";
import type { FormatContext } from "./report-formats.ts";
import { type Destination, deliver } from "./report-output.ts";
import { exitCode, framingOnlyHint, interrupted, untold } from "./verdict.ts";

/** What came of a run, of a merge of runs, or of the part that was done when it was interrupted. */
export interface Outcome {
  /** Without streams where no format needs them. */
  readonly report: Report;
  readonly summary: Summary;
  /** Streams of which only the framing was judged. */
  readonly framingOnly: number;
  readonly protocols: readonly { readonly id: string; readonly rules: readonly RuleDescription[] }[];
  /** Protocols that tapes name and that are not known. */
  readonly unknown: readonly string[];
  /** Undefined where nothing of what streams hold is to be shown. */
  readonly frames: StreamFrames | undefined;
  readonly timelines: FormatContext["timelines"];
  /** How many inputs there were, where not all of them were read. */
  readonly interruptedOf?: number;
}

/** Sends the report to its places, says what must be said beside it, and gives the exit code. */
export async function conclude(
  outcome: Outcome,
  destinations: readonly Destination[],
  { maxWarnings }: { readonly maxWarnings?: number | undefined },
  terminal: Terminal,
): Promise<ExitCode> {
  const { report, summary, frames, protocols, interruptedOf } = outcome;
  const live = liveLines(destinations, terminal);
  live.end(summary);
  const rules = protocols.flatMap((protocol) => protocol.rules);
  await deliver(
    report,
    live.others,
    { frames, timelines: outcome.timelines, style: styleFor(terminal.outColor), width: terminal.columns, rules },
    terminal,
  );
  const why = interruptedOf === undefined ? untold(outcome.unknown) : interrupted(summary, interruptedOf);
  if (why !== undefined) {
    terminal.err(`ssert: ${why}\n`);
    return 2;
  }
  const forPerson = destinations.some(({ format }) => format === "pretty" || format === "github");
  const hint = forPerson ? framingOnlyHint(outcome.framingOnly) : undefined;
  if (hint !== undefined) terminal.err(`${hint}\n`);
  return exitCode(summary, maxWarnings);
}
