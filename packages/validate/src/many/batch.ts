import type { StreamReport } from "@ssert/report";
import type { Severities } from "../severities.ts";
import { validateStream } from "../validate-stream.ts";
import { openProtocol, type ProtocolSource, protocolChoice } from "./protocol-source.ts";

/** What is the same for every stream of a run, as plain data. */
export interface BatchSettings {
  /** The protocol for all streams. Default: the one that each tape names, if it is built in. */
  readonly chosen?: ProtocolSource;
  /** The protocol of streams whose tape names none. Default: only the framing is checked. */
  readonly fallback?: ProtocolSource;
  /** Severities that are not the protocol's. */
  readonly severities?: Severities;
  readonly maxFindings?: number;
  readonly maxEventBytes?: number;
}

/** Files for a worker. */
export interface Batch {
  readonly settings: BatchSettings;
  readonly sources: readonly string[];
}

export interface BatchResult {
  /** In the order of the sources. */
  readonly reports: readonly StreamReport[];
  /** The protocols that tapes name, each once. */
  readonly named: readonly string[];
}

/** Validates batches of files one after another; protocols are compiled once. */
export async function createBatchRunner(settings: BatchSettings): Promise<(batch: Batch) => Promise<BatchResult>> {
  const { chosen, fallback: fallbackSource, ...limits } = settings;
  const fallback = fallbackSource && (await openProtocol(fallbackSource));
  const { severities } = settings;
  const choice = protocolChoice(chosen && (await openProtocol(chosen)), { fallback, severities });
  return async ({ sources }) => {
    const named = new Set<string>();
    const protocol: typeof choice.of = (name) => {
      if (name !== undefined) named.add(name);
      return choice.of(name);
    };
    const reports: StreamReport[] = [];
    for (const source of sources) reports.push(await validateStream({ kind: "file", source }, { ...limits, protocol }));
    return { reports, named: [...named] };
  };
}
