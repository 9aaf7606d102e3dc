import { readFile } from "node:fs/promises";
import { loadBuiltinProtocol } from "@ssert/protocol";
import { mergeReports, type PartialText } from "@ssert/report";
import { frameSource, type Input, readTimelines } from "@ssert/validate";
import { CommandError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import { liveLines } from "./live-lines.ts";
import type { Outcome } from "./outcome.ts";
import type { Destination } from "./report-output.ts";
import { collectReports } from "./reports.ts";

/** The outcome of one run from the JSON reports of its shards. Throws CommandError and MergeError. */
export async function mergeShards(
  paths: readonly string[],
  destinations: readonly Destination[],
  terminal: Terminal,
): Promise<Outcome> {
  const { report, protocol, protocols, unknownProtocols } = mergeReports(await Promise.all(paths.map(readReport)));
  const collected = collectReports(destinations);
  const live = liveLines(destinations, terminal);
  for (const stream of report.streams) {
    collected.add(stream);
    live.stream(stream);
  }
  live.flush();
  const counts = { summary: report.summary, framingOnly: collected.framingOnly() };
  const inputs = report.streams.flatMap(({ source }): Input[] =>
    source === "-" || /^https?:/i.test(source) ? [] : [{ kind: "file", source }],
  );
  // Of a protocol from a file, which is not at hand, timelines show the framing.
  const chosen = protocol?.replace(/@[^@]*$/, "");
  return {
    report,
    ...counts,
    protocols,
    unknown: unknownProtocols,
    frames: frameSource(),
    timelines: (of) => readTimelines(inputs, of, { protocol: (named) => loadBuiltinProtocol(chosen ?? named ?? "") }),
  };
}

async function readReport(path: string): Promise<PartialText> {
  try {
    return { name: path, text: await readFile(path, "utf8") };
  } catch (error) {
    throw CommandError.because(error, "unreadable", `--merge: cannot read ${path}`);
  }
}
