import type { Protocol } from "@ssert/protocol";
import type { StreamReport } from "@ssert/report";
import type { Input } from "../input.ts";
import type { Openers } from "../source.ts";
import { type StreamOptions, validateStream } from "../validate-stream.ts";
import type { BatchResult, BatchSettings } from "./batch.ts";
import { SLOTS, worthThreads } from "./jobs.ts";
import { openProtocol, protocolChoice, type UsedProtocol } from "./protocol-source.ts";
import { sharedWork } from "./shared-work.ts";
import { createThreads, type Threads } from "./threads.ts";

export interface ManyOptions extends BatchSettings, Openers {
  /** `chosen`, where it has been compiled already. */
  readonly compiled?: Protocol;
  /** Threads, this one included; 1: everything here. Default: one a core, up to eight, where there is enough to do. */
  readonly jobs?: number;
  /** Threads that are there already, or about to; whoever gives them closes them. Default: its own. */
  readonly threads?: Threads;
  /** Aborted: no stream is begun any more; what is under way in threads is dropped, and here ends as `unreadable`. */
  readonly signal?: AbortSignal;
  /** Told each stream's report as soon as it is its turn: in the order of the inputs, however many threads there are. */
  readonly onStream: (report: StreamReport) => void;
}

/** What a run knows beside the reports. */
export interface ManyResult {
  /** Protocols that tapes name and that are not built in, sorted: of their streams only the framing was judged. */
  readonly unknown: readonly string[];
  /** The protocols that streams were judged by, sorted by id. */
  readonly protocols: readonly UsedProtocol[];
}

/**
 * Validates many streams, in threads where that pays, and keeps none of their reports: memory does not grow with their
 * number. Reports and result are the same whatever the number of threads. Throws ValidateError `no-stdin`, and ProtocolError
 * for a chosen protocol that is none.
 */
export async function validateMany(inputs: readonly Input[], options: ManyOptions): Promise<ManyResult> {
  const { jobs, threads = createThreads(jobs), signal, onStream, stdin, openUrl, compiled, ...settings } = options;
  const fallback = settings.fallback && (await openProtocol(settings.fallback));
  const chosen = compiled ?? (settings.chosen && (await openProtocol(settings.chosen)));
  const choice = protocolChoice(chosen, { fallback, severities: settings.severities });
  const shared = threads.jobs > 1 && inputs.length > 1 && (jobs !== undefined || worthThreads(inputs));
  const pool = shared ? await threads.pool() : undefined;
  const close = (): void => void pool?.close();
  signal?.addEventListener("abort", close, { once: true });
  const { chosen: _chosen, fallback: _fallback, ...limits } = settings;
  const streamOptions: StreamOptions = {
    ...limits,
    protocol: choice.of,
    ...(stdin && { stdin }),
    ...(openUrl && { openUrl }),
    ...(signal && { signal }),
  };
  const here = async (batch: readonly Input[]): Promise<BatchResult> => {
    const reports: StreamReport[] = [];
    for (const input of batch) {
      if (signal?.aborted) break;
      reports.push(await validateStream(input, streamOptions));
    }
    return { reports, named: [] };
  };
  const others = pool && {
    run: (batch: readonly Input[]) =>
      pool.run({ settings, sources: batch.map(({ source }) => source) }).catch((error: unknown): BatchResult => {
        if (signal?.aborted) return { reports: [], named: [] }; // dropped; what others have done behind it is told
        throw error;
      }),
    slots: SLOTS * (threads.jobs - 1),
    takes: (batch: readonly Input[]) => batch.every(({ kind }) => kind === "file"),
  };
  try {
    const size = pool ? batchSize(inputs.length, threads.jobs) : 1;
    for await (const { reports, named } of sharedWork(batches(inputs, size, signal), here, others)) {
      for (const name of named) await choice.of(name);
      for (const report of reports) onStream(report);
    }
  } finally {
    signal?.removeEventListener("abort", close);
    if (options.threads === undefined) await threads.close();
  }
  return { unknown: choice.unknown(), protocols: choice.used() };
}

/** Small enough that threads end at about the same time, large enough that messages (half a millisecond each) cost little. */
function batchSize(inputs: number, jobs: number): number {
  return Math.max(1, Math.min(100, Math.floor(inputs / (jobs * 8))));
}

/** Neighbours together; what is no file is alone, since threads cannot take it. No more of them once the signal is aborted. */
function* batches(
  inputs: readonly Input[],
  size: number,
  signal: AbortSignal | undefined,
): Generator<readonly Input[]> {
  let batch: Input[] = [];
  for (const input of inputs) {
    if (signal?.aborted) return;
    const alone = input.kind !== "file";
    if (batch.length > 0 && (alone || batch.length === size)) {
      yield batch;
      batch = [];
    }
    if (alone) yield [input];
    else batch.push(input);
  }
  if (batch.length > 0 && !signal?.aborted) yield batch;
}
