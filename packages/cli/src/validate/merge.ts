import { readFile } from "node:fs/promises";
import { createReport, mergeReports, type PartialText, type Report } from "@ssert/report";
import { frameSource, type Input, readTimelines } from "@ssert/validate";
import { CommandError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible.ts";
import { type JudgedBy, judgedBy } from "./judged-by.ts";
import { liveLines } from "./live-lines.ts";
import type { Outcome } from "./outcome.ts";
import { collectReports } from "./reports.ts";
import type { Run } from "./run.ts";

/**
 * The outcome of one run from the JSON reports of its shards, which have judged. What streams hold is shown where they are at
 * hand. Throws CommandError and MergeError.
 */
export async function mergeShards(
  paths: readonly string[],
  { found, destinations, policy, terminal }: Pick<Run, "found" | "destinations" | "policy" | "terminal">,
): Promise<Outcome> {
  const merged = mergeReports(await Promise.all(paths.map(readReport)));
  const { protocol, protocols, unknownProtocols } = merged;
  if (found !== undefined && found.protocol.id !== protocol) {
    const came = `${found.protocol.id}, the shards were judged by ${visible(protocol ?? "that of each tape")}`;
    throw new CommandError("usage", `--protocol is ${came}: give --merge the one that the shards had, or none`);
  }
  const report = merged.private ? merged.report : createReport(merged.report.streams.map(policy.hide));
  const hidden = merged.private || policy.private;
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
  const protocolOf = judgedBy([found, policy.fallback]);
  return {
    report,
    ...counts,
    protocols,
    unknown: unknownProtocols,
    private: hidden,
    frames: hidden ? undefined : frameSource(),
    async timelines(of) {
      if (hidden) return new Map();
      await tellMissing(of, protocolOf, terminal);
      return await readTimelines(inputs, of, { protocol: (_, id) => protocolOf(id) });
    },
  };
}

/** A protocol from a file gives its timelines their lanes only where the file is named again. */
async function tellMissing({ streams }: Report, protocolOf: JudgedBy, terminal: Terminal): Promise<void> {
  for (const id of new Set(streams.map(({ protocol }) => protocol))) {
    if (id === null || (await protocolOf(id)) !== undefined) continue;
    terminal.err(`timelines show no lanes of ${visible(id)}: add the --protocol FILE that the shards had\n`);
  }
}

async function readReport(path: string): Promise<PartialText> {
  try {
    return { name: path, text: await readFile(path, "utf8") };
  } catch (error) {
    throw CommandError.because(error, "unreadable", `--merge: cannot read ${path}`);
  }
}
