import { writeFile } from "node:fs/promises";
import type { Protocol } from "@ssert/protocol";
import { type Report, renderHtml } from "@ssert/report";
import { type Input, readTimelines } from "@ssert/validate";
import { CommandError } from "../errors.ts";
import { version } from "../version.ts";

/** Writes the page of a report with the timelines of all its streams, and what the rules of their protocols say. */
export async function writeHtml(
  file: string,
  report: Report,
  protocol: (named: string | undefined) => Promise<Protocol | undefined>,
): Promise<void> {
  const inputs = report.streams.map(({ source }): Input => ({ kind: "file", source }));
  const protocols = new Set<Protocol>();
  const timelines = await readTimelines(inputs, report, {
    async protocol(named) {
      const chosen = await protocol(named);
      if (chosen !== undefined) protocols.add(chosen);
      return chosen;
    },
  });
  const rules = [...protocols].flatMap((chosen) => chosen.rules);
  const page = await renderHtml(report, { timelines, rules, version });
  try {
    await writeFile(file, page);
  } catch (cause) {
    throw CommandError.because(cause, "unwritable", "--html: cannot write the page");
  }
}
