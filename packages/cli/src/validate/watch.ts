import { statSync } from "node:fs";
import type { StreamReport } from "@ssert/report";
import { createReport } from "@ssert/report";
import { findInputs, type Input, ValidateError, watchPaths } from "@ssert/validate";
import { CommandError } from "../errors.ts";
import { counted } from "../phrases.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { type SetTimer, settled } from "./debounce.ts";
import { conclude, type Outcome } from "./outcome.ts";
import type { Destination } from "./report-output.ts";
import { collectReports } from "./reports.ts";
import { type Run, runInputs } from "./run.ts";

export interface WatchOptions extends Run {
  readonly setTimer?: SetTimer;
}

interface Known {
  readonly stamp: string;
  readonly report: StreamReport;
}

/**
 * Validates the inputs, then again and again those that changed, until the signal is aborted or `q` is pressed. Standard
 * output is told what changed, files hold the report of all. Nothing is cleared. The exit code is that of the last state.
 */
export async function watchInputs(paths: readonly string[], options: WatchOptions): Promise<ExitCode> {
  const { terminal, signal, setTimer } = options;
  if (paths.some((path) => path === "-" || /^https?:/i.test(path))) {
    throw new CommandError("usage", "--watch needs files, folders or globs: neither stdin nor URLs can be watched");
  }
  const ended = new AbortController();
  const end = (): void => ended.abort();
  signal.addEventListener("abort", end);
  const offKeys = terminal.onKey?.((key) => key === "q" && end());
  const changes = settled(ended.signal, setTimer);
  const watching = watchPaths(paths, changes.happened, (error) => {
    terminal.err(`ssert: watching stopped: ${error.message}\n`);
    end();
  });
  try {
    const known = new Map<string, Known>();
    let code = await round(paths, known, options, true);
    terminal.err(`watching ${paths.join(", ")}; ${terminal.onKey ? "q or Ctrl-C" : "Ctrl-C"} ends\n`);
    while (await changes.next()) code = (await round(paths, known, options, false)) ?? code;
    return code ?? 0;
  } finally {
    watching.close();
    offKeys?.();
    signal.removeEventListener("abort", end);
  }
}

/** Validates what is new or has changed. Undefined: nothing has. */
async function round(
  paths: readonly string[],
  known: Map<string, Known>,
  run: WatchOptions,
  first: boolean,
): Promise<ExitCode | undefined> {
  const { destinations, policy, terminal } = run;
  const inputs = await inputsNow(paths, first);
  const stamps = new Map(inputs.map(({ source }) => [source, stampOf(source)]));
  const changed = inputs.filter(({ source }) => known.get(source)?.stamp !== stamps.get(source));
  const gone = [...known.keys()].filter((source) => !stamps.has(source));
  for (const source of gone) known.delete(source);
  if (changed.length === 0 && gone.length === 0) return undefined;
  const outcome = await runInputs(changed, { ...run, destinations: KEEP_ALL });
  for (const report of outcome.report.streams) {
    known.set(report.source, { stamp: stamps.get(report.source) ?? "", report });
  }
  if (gone.length > 0) terminal.err(`${counted(gone.length, "stream")} gone: ${gone.slice(0, 5).join(", ")}\n`);
  const streams = inputs.flatMap(({ source }) => known.get(source)?.report ?? []);
  const [shown, files] = [(to: Destination): boolean => to.file === undefined, (to: Destination): boolean => !!to.file];
  if (changed.length > 0) await conclude(outcome, destinations.filter(shown), policy, terminal);
  return await conclude({ ...wholeOf(streams, outcome) }, destinations.filter(files), policy, quiet(terminal));
}

/** Reports are kept whatever the formats: the next round needs them. */
const KEEP_ALL: readonly Destination[] = [{ format: "json", file: "" }];

/** A folder that has become empty is no reason to end: the next file may come. */
async function inputsNow(paths: readonly string[], first: boolean): Promise<readonly Input[]> {
  try {
    return await findInputs(paths);
  } catch (error) {
    if (!first && error instanceof ValidateError) return [];
    throw error;
  }
}

function wholeOf(streams: readonly StreamReport[], outcome: Outcome): Outcome {
  const collected = collectReports(KEEP_ALL);
  for (const stream of streams) collected.add(stream);
  const report = createReport(streams);
  const { interruptedOf: _, ...rest } = outcome;
  return { ...rest, report, summary: report.summary, framingOnly: 0 };
}

function quiet(terminal: Terminal): Terminal {
  return { ...terminal, err: () => {}, outColor: false };
}

/** Changes when the stream or what is known of it does. */
function stampOf(source: string): string {
  return [source, `${source}.tape`]
    .map((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats ? `${stats.mtimeMs}:${stats.size}:${stats.ino}` : "";
    })
    .join(" ");
}
