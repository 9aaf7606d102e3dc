import { builtinProtocols } from "@ssert/protocol";
import type { Report } from "@ssert/report";
import { counted } from "../phrases.ts";
import type { ExitCode } from "../terminal.ts";

/** 2 beats 1: what could not be read may hold anything. */
export function exitCode({ summary }: Report, maxWarnings: number = Number.POSITIVE_INFINITY): ExitCode {
  if (summary.unreadable > 0) return 2;
  return summary.invalid + summary.truncated > 0 || summary.warnings > maxWarnings ? 1 : 0;
}

/** A green tick must not be taken for more than it says. */
export function framingOnly({ streams }: Report): string | undefined {
  const judged = streams.filter(({ verdict }) => verdict !== "no-stream" && verdict !== "unreadable");
  const without = judged.filter(({ protocol }) => protocol === null).length;
  if (without === 0) return undefined;
  const known = builtinProtocols().map(({ name }) => name);
  return `${counted(without, "stream")} without a protocol: only the framing was checked; name one with --protocol (${known.join(", ")}, or a file)`;
}

export function interrupted({ streams }: Report, inputs: number): string {
  return `interrupted: ${streams.length} of ${inputs} inputs were read, the last perhaps not to its end`;
}
