import type { CoverageReport, Protocol } from "@ssert/protocol";
import type { Terminal } from "../terminal.ts";
import { tool } from "../version.ts";

/** What `--fill` wrote. */
export interface CoverageFill {
  readonly dir: string;
  readonly streams: readonly { readonly path: string; readonly breaks?: string; readonly change?: string }[];
  /** Items of which no stream was found. */
  readonly lacking: readonly { readonly group: string; readonly id: string; readonly hint: string }[];
}

/** Writes the streams that are missing. The fuzzer is only loaded for this. */
export async function fillFolder(
  protocol: Protocol,
  report: CoverageReport,
  dir: string,
  terminal: Terminal,
): Promise<CoverageFill> {
  const { fillCoverage, saveFilling } = await import("@ssert/fuzz");
  const filling = fillCoverage(protocol, report, { onProgress: (line) => terminal.progress(line) });
  terminal.progress("");
  const paths = await saveFilling(filling, { dir, tool, protocol: protocol.name });
  return {
    dir,
    streams: filling.streams.map(({ broken }, index) => ({
      path: paths[index] ?? dir,
      ...(broken && { breaks: broken.rule, change: broken.change }),
    })),
    lacking: filling.lacking.map(({ group, item: { id, hint } }) => ({ group, id, hint })),
  };
}
