import { writeFile } from "node:fs/promises";
import {
  type FuzzResult,
  renderFuzzJson,
  renderFuzzText,
  renderParserTable,
  renderParserTableHtml,
  renderSummaries,
} from "@ssert/fuzz";
import { CommandError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";

/** How results are shown, and where: a file, or standard output without one. */
export interface ResultFlags {
  readonly all?: boolean;
  readonly runs?: number;
  readonly format?: "text" | "json" | "html";
  readonly output?: string;
}

/** Throws CommandError `unwritable`. */
export async function deliverResults(result: FuzzResult, flags: ResultFlags, terminal: Terminal): Promise<void> {
  const text = render(result, flags);
  if (flags.output === undefined) {
    terminal.out(text);
    return;
  }
  try {
    await writeFile(flags.output, text);
  } catch (error) {
    throw CommandError.because(error, "unwritable", "--output: cannot write the results");
  }
  terminal.err(`results written to ${flags.output}\n`);
}

function render(result: FuzzResult, { format, all, runs: cases = 1000 }: ResultFlags): string {
  if (format === "json") return renderFuzzJson(result);
  if (format === "html") {
    const date = new Date().toISOString().slice(0, 10);
    return renderParserTableHtml(result, { date, node: process.versions.node, runs: cases });
  }
  return all === true ? `${renderParserTable(result)}\n${renderSummaries(result)}` : renderFuzzText(result);
}
