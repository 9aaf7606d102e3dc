import type { StreamReport } from "@ssert/report";
import type { Input } from "../input.ts";
import type { Openers } from "../source.ts";
import { validateStream } from "../validate-stream.ts";
import type { BatchSettings } from "./batch.ts";
import { inOrder } from "./in-order.ts";
import { defaultJobs, worthThreads } from "./jobs.ts";
import type { Pool } from "./pool.ts";
import { openProtocol, protocolChoice, type UsedProtocol } from "./protocol-source.ts";

export interface ManyOptions extends BatchSettings, Openers {
  /** Threads; 1: everything in this one. Default: one a core, up to eight, where there is enough to do. */
  readonly jobs?: number;
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
  const { jobs = defaultJobs(), signal, onStream, stdin, openUrl, ...settings } = options;
  const chosen = settings.chosen === undefined ? undefined : await openProtocol(settings.chosen);
  const choice = protocolChoice(chosen);
  const threads = jobs > 1 && (options.jobs !== undefined || worthThreads(inputs)) && inputs.length > 1;
  const pool = threads ? (await import("./pool.ts")).createPool(jobs, settings) : undefined;
  const close = (): void => void pool?.close();
  signal?.addEventListener("abort", close, { once: true });
  const here = { ...settings, protocol: choice.of, ...(stdin && { stdin }), ...(openUrl && { openUrl }) };
  const one = async (input: Input): Promise<Done> => {
    const report = await validateStream(input, { ...here, ...(signal && { signal }) });
    return { reports: [report], named: [] };
  };
  try {
    const batches = pool && { run: pool.run, size: batchSize(inputs.length, jobs) };
    const tasks = takeUntil(signal, tasksOf(inputs, one, batches));
    for await (const { reports, named } of inOrder(tasks, pool ? 3 * jobs : 0)) {
      for (const name of named) await choice.of(name);
      for (const report of reports) onStream(report);
    }
  } catch (error) {
    if (!(signal?.aborted && pool)) throw error; // a pool that is closed rejects what it was at
  } finally {
    signal?.removeEventListener("abort", close);
    await pool?.close();
  }
  return { unknown: choice.unknown(), protocols: choice.used() };
}

interface Done {
  readonly reports: readonly StreamReport[];
  readonly named: readonly string[];
}

/** Small enough that threads end at about the same time, large enough that messages cost little. */
function batchSize(inputs: number, jobs: number): number {
  return Math.max(1, Math.min(32, Math.floor(inputs / (jobs * 4))));
}

/** Files go to the pool in batches; URLs and standard input stay here, each a task of its own. */
function* tasksOf(
  inputs: readonly Input[],
  one: (input: Input) => Promise<Done>,
  batches: { readonly run: Pool["run"]; readonly size: number } | undefined,
): Generator<() => Promise<Done>> {
  let sources: string[] = [];
  for (const input of inputs) {
    const file = batches !== undefined && input.kind === "file";
    if (file) sources.push(input.source);
    if (batches && sources.length > 0 && (!file || sources.length === batches.size)) {
      const batch = sources;
      sources = [];
      yield () => batches.run(batch);
    }
    if (!file) yield () => one(input);
  }
  if (batches && sources.length > 0) yield () => batches.run(sources);
}

function* takeUntil<T>(signal: AbortSignal | undefined, items: Iterable<T>): Generator<T> {
  for (const item of items) {
    if (signal?.aborted) return;
    yield item;
  }
}
