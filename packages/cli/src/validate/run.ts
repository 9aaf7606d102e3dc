import { frameSource, type Input, type ManyOptions, readTimelines, type Threads, validateMany } from "@ssert/validate";
import { protocolOf } from "../protocol-choice.ts";
import type { FoundProtocol } from "../protocols.ts";
import { requestParts } from "../request.ts";
import type { Terminal } from "../terminal.ts";
import { tool } from "../version.ts";
import type { ValidateFlags } from "./flags.ts";
import { liveLines } from "./live-lines.ts";
import type { Outcome } from "./outcome.ts";
import type { Policy } from "./policy.ts";
import { validateProgress } from "./progress.ts";
import type { Destination } from "./report-output.ts";
import { collectReports } from "./reports.ts";

/** What one call of the command is about. */
export interface Run {
  readonly found: FoundProtocol | undefined;
  readonly destinations: readonly Destination[];
  readonly flags: ValidateFlags;
  readonly policy: Policy;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Default: those of each call of `runInputs`. */
  readonly threads?: Threads;
}

/** Validates inputs, shows how far it is, and gives what came of it. Aborted: what came of it until then. */
export async function runInputs(
  inputs: readonly Input[],
  { found, destinations, flags, policy, terminal, signal, threads }: Run,
): Promise<Outcome> {
  const frames = frameSource();
  const collected = collectReports(destinations);
  const live = liveLines(destinations, terminal);
  const progress = validateProgress(terminal, inputs.length);
  try {
    const { unknown, protocols } = await validateMany(inputs, {
      ...(found && { chosen: found.source, compiled: found.protocol }),
      ...(policy.fallback && { fallback: policy.fallback.source }),
      ...(policy.severities && { severities: policy.severities }),
      ...(inputs.some(({ kind }) => kind === "stdin") && { stdin: frames.keep(terminal.stdin) }),
      ...(inputs.some(({ kind }) => kind === "url") && { openUrl: await openUrls(flags, terminal, signal) }),
      ...(flags.jobs !== undefined && { jobs: flags.jobs }),
      ...(threads && { threads }),
      ...(flags.maxEventBytes !== undefined && { maxEventBytes: flags.maxEventBytes }),
      signal,
      onStream(found) {
        const stream = policy.told(found);
        collected.add(stream);
        live.stream(stream);
        progress.add(stream);
      },
    });
    const summary = collected.summary();
    return {
      report: collected.report(),
      summary,
      framingOnly: collected.framingOnly(),
      protocols,
      unknown,
      // They show what streams hold.
      frames: policy.private ? undefined : frames,
      timelines: async (of) =>
        policy.private
          ? new Map()
          : readTimelines(inputs, of, { protocol: protocolOf(found, policy.fallback), stdin: frames.kept(), signal }),
      ...(signal.aborted && { interruptedOf: inputs.length }),
    };
  } finally {
    live.flush();
    progress.end();
  }
}

/** Loaded for URLs only: HTTP takes Node longer to load than a small stream takes to read. */
async function openUrls(
  flags: ValidateFlags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<NonNullable<ManyOptions["openUrl"]>> {
  const { urlOpener } = await import("./urls.ts");
  const { method, headers, body } = await requestParts(flags, terminal);
  const bounds = {
    ...(flags.maxTime !== undefined && { maxTimeMs: flags.maxTime }),
    ...(flags.idleTimeout !== undefined && { idleTimeoutMs: flags.idleTimeout }),
  };
  return urlOpener({ method, headers, ...(body && { body }), tool, ...bounds }, signal);
}
