import { builtinProtocols } from "@ssert/protocol";
import type { Summary } from "@ssert/report";
import { counted } from "../phrases.ts";
import type { ExitCode } from "../terminal.ts";

/** 2 beats 1: what could not be read may hold anything. */
export function exitCode(summary: Summary, maxWarnings: number = Number.POSITIVE_INFINITY): ExitCode {
  if (summary.unreadable > 0) return 2;
  return summary.invalid + summary.truncated > 0 || summary.warnings > maxWarnings ? 1 : 0;
}

/** Why the exit code is not 0 although no stream is broken. */
export function overLimit({ warnings }: Summary, maxWarnings: number | undefined): string | undefined {
  if (maxWarnings === undefined || warnings <= maxWarnings) return undefined;
  const allowed = maxWarnings === 0 ? "none is" : maxWarnings === 1 ? "only 1 is" : `only ${maxWarnings} are`;
  return `${counted(warnings, "warning")}, but ${allowed} allowed (--max-warnings)`;
}

/** A green tick must not be taken for more than it says. */
export function framingOnlyHint(streams: number): string | undefined {
  if (streams === 0) return undefined;
  const known = builtinProtocols().map(({ name }) => name);
  return `${counted(streams, "stream")} without a protocol: only the framing was checked; name one with --protocol (${known.join(", ")}, or a file)`;
}

export function interrupted({ streams }: Summary, inputs: number): string {
  return `interrupted: ${streams} of ${inputs} inputs were read, the last perhaps not to its end`;
}

/** What could not be judged since a tape's protocol is not known. */
export function untold(unknown: readonly string[]): string | undefined {
  if (unknown.length === 0) return undefined;
  const names = unknown.map((name) => JSON.stringify(name).replaceAll("##[", String.raw`##\u005b`)).join(", ");
  return `tapes name the protocol ${names}, which is not built in, so only wire rules were checked; name its file with --protocol FILE`;
}
