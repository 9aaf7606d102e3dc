import type { StreamReport } from "@ssert/report";
import { Tinypool } from "tinypool";
import type { Batch, BatchResult } from "./batch.ts";
import { SLOTS } from "./jobs.ts";

/** Threads that validate files. */
export interface Pool {
  /** A thread that dies takes no other file along: the one that killed it is `unreadable`. Rejects once closed. */
  run(batch: Batch): Promise<BatchResult>;
  /** Ends the threads, whatever they are at. */
  close(): Promise<void>;
}

// tinypool 2.2.0 rather than piscina 5.3.2: 14 kB packed against 104 kB, no dependency, and nothing native.

export function createPool(threads: number, worker: URL = workerFile): Pool {
  let closed = false;
  const pool = new Tinypool({
    filename: worker.href,
    runtime: "worker_threads",
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: SLOTS,
    // A thread that waits for its next task would not finish what it still has under way, such as closing a file.
    useAtomics: false,
    ...(fromSource && { execArgv: [...process.execArgv, "--conditions=@ssert/source", "--no-warnings"] }),
  });

  async function run(batch: Batch): Promise<BatchResult> {
    try {
      return await pool.run(batch);
    } catch (error) {
      if (closed) throw error;
      const { settings, sources } = batch;
      const [source = "", ...others] = sources;
      if (others.length === 0) return { reports: [lost(source, error)], named: [] };
      const alone = await Promise.all(sources.map((one) => run({ settings, sources: [one] })));
      return {
        reports: alone.flatMap(({ reports }) => reports),
        named: [...new Set(alone.flatMap(({ named }) => named))],
      };
    }
  }

  return {
    run,
    async close() {
      closed = true;
      await pool.destroy();
    },
  };
}

function lost(source: string, error: unknown): StreamReport {
  const why = error instanceof Error ? error.message : String(error);
  const reason = `the thread that read it died (${why}); validate it alone, with --jobs 1, to see more`;
  return { source, protocol: null, verdict: "unreadable", events: 0, bytes: 0, findings: [], heldBack: 0, reason };
}

// In the sources this file ends in `.ts`, and so does its neighbour.
const fromSource = import.meta.url.endsWith(".ts");
const workerFile = new URL(fromSource ? "./validate-worker.ts" : "./validate-worker.js", import.meta.url);
