import { readFile } from "node:fs/promises";
import { mergeReports, type PartialText } from "@ssert/report";
import { frameSource } from "@ssert/validate";
import { CommandError } from "../errors.ts";
import type { Destination } from "../report-output.ts";
import type { Terminal } from "../terminal.ts";
import { liveLines } from "./live-lines.ts";
import type { Outcome } from "./outcome.ts";
import { collectReports } from "./reports.ts";

/** The outcome of one run from the JSON reports of its shards. Throws CommandError and MergeError. */
export async function mergeShards(
  paths: readonly string[],
  destinations: readonly Destination[],
  terminal: Terminal,
): Promise<Outcome> {
  const { report, protocols, unknownProtocols } = mergeReports(await Promise.all(paths.map(readReport)));
  const collected = collectReports(destinations);
  const live = liveLines(destinations, terminal);
  for (const stream of report.streams) {
    collected.add(stream);
    live.stream(stream);
  }
  const counts = { summary: report.summary, framingOnly: collected.framingOnly() };
  return { report, ...counts, protocols, unknown: unknownProtocols, frames: frameSource() };
}

async function readReport(path: string): Promise<PartialText> {
  try {
    return { name: path, text: await readFile(path, "utf8") };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError("unreadable", `--merge: cannot read ${path}: ${reason}`, { cause: error });
  }
}
