import {
  frameSource,
  type Input,
  type LiveStream,
  type ManyOptions,
  readTimelines,
  type StreamFrames,
  type Threads,
  validateMany,
} from "@ssert/validate";
import type { FoundProtocol } from "../protocols.ts";
import { requestParts } from "../request.ts";
import type { Terminal } from "../terminal.ts";
import { tool } from "../version.ts";
import type { ValidateFlags } from "./flags.ts";
import { judgedBy } from "./judged-by.ts";
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
      ...(inputs.some(({ kind }) => kind === "url") && {
        openUrl: await openUrls(flags, terminal, signal, keeping(inputs, frames, policy.private ? [] : destinations)),
      }),
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
      private: policy.private,
      frames: policy.private ? undefined : frames,
      timelines: timelinesOf(inputs, { found, flags, policy, signal }, frames),
      ...(signal.aborted && { interruptedOf: inputs.length }),
    };
  } finally {
    live.flush();
    progress.end();
  }
}

/** Reads streams again for what they held, each with the protocol that it was judged by; none of a private report. */
export function timelinesOf(
  inputs: readonly Input[],
  { found, flags: { maxEventBytes }, policy, signal }: Pick<Run, "found" | "flags" | "policy" | "signal">,
  frames?: StreamFrames,
): Outcome["timelines"] {
  const protocolOf = judgedBy([found, policy.fallback]);
  return async (of) => {
    if (policy.private) return new Map();
    const protocol = (_: string | undefined, id: string | null): ReturnType<typeof protocolOf> => protocolOf(id);
    const kept = { stdin: frames?.kept(), live: frames?.keptLive };
    return await readTimelines(inputs, of, { protocol, ...kept, maxEventBytes, signal });
  };
}

/** Keeps what URLs give where a report shows it: they give it once. */
function keeping(inputs: readonly Input[], frames: StreamFrames, destinations: readonly Destination[]): Keep {
  if (!destinations.some(({ format }) => format === "pretty" || format === "html")) return (_, live) => live;
  const sources = new Map(inputs.map(({ source, url = source }) => [url, source]));
  return (url, live) => frames.keepLive(sources.get(url) ?? url, live);
}

type Keep = (url: string, live: LiveStream) => LiveStream;

/** Loaded for URLs only: HTTP takes Node longer to load than a small stream takes to read. */
async function openUrls(
  flags: ValidateFlags,
  terminal: Terminal,
  signal: AbortSignal,
  keep: Keep,
): Promise<NonNullable<ManyOptions["openUrl"]>> {
  const { urlOpener } = await import("./urls.ts");
  const { method, headers, body } = await requestParts(flags, terminal);
  const bounds = {
    ...(flags.maxTime !== undefined && { maxTimeMs: flags.maxTime }),
    ...(flags.idleTimeout !== undefined && { idleTimeoutMs: flags.idleTimeout }),
  };
  const open = urlOpener({ method, headers, ...(body && { body }), tool, ...bounds }, signal);
  return async (url) => keep(url, await open(url));
}
