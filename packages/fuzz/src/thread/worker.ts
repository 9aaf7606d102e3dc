import { parentPort, workerData } from "node:worker_threads";
import { type ParserAdapter, shownFacts } from "../adapters/adapter.ts";
import type { SavedTape } from "../counterexample/saved-case.ts";
import { FuzzError } from "../error.ts";
import { isMeasured } from "../properties/select.ts";
import { checkParser } from "../run/check.ts";
import { playCase } from "../run/play.ts";
import { probe } from "../run/try-case.ts";
import { loadTarget } from "../targets/load-target.ts";
import { CurrentCase } from "./current-case.ts";
import type { FromWorker, WorkerTask } from "./worker-messages.ts";

/** One target, in a thread of its own: what hangs or dies here takes no one along. */
async function run(task: WorkerTask, tell: (message: FromWorker) => void): Promise<void> {
  const current = new CurrentCase(task.buffer);
  const { target, timeLimitMs, shows, deviations } = task;
  const loaded = await loadTarget(target, timeLimitMs);
  parentPort?.once("message", () => loaded.close()).unref();
  // A program has its own time limit, after which it is killed; this one only guards that.
  const guardMs = target.kind === "command" || target.kind === "client" ? 3 * timeLimitMs : timeLimitMs;
  try {
    const adapter = { ...loaded.adapter, ...(shows && { shows }), ...(deviations && { deviations }) };
    const { name, version } = adapter;
    tell({ kind: "loaded", adapter: { name, version, shows: shownFacts(adapter) } });
    if (task.played !== undefined) {
      await playTapes(adapter, task.played, guardMs, current, tell);
      return;
    }
    const { seed, runs, properties, path, saved } = task;
    await checkParser(adapter, {
      seed,
      runs,
      properties,
      ...(path === undefined ? {} : { path }),
      ...(task.spaceless === undefined ? {} : { spaceless: task.spaceless }),
      ...(saved === undefined ? {} : { saved }),
      timeLimitMs: guardMs,
      onProperty: ({ name }) => {
        current.write({ text: isMeasured(name) ? "" : probe, cuts: [] });
        tell({ kind: "property", name });
      },
      onResult: (result) => tell({ kind: "result", result }),
      onCase: (candidate) => current.write(candidate),
    });
    tell({ kind: "done" });
  } finally {
    loaded.close();
  }
}

async function playTapes(
  adapter: ParserAdapter,
  tapes: readonly SavedTape[],
  timeLimitMs: number,
  current: CurrentCase,
  tell: (message: FromWorker) => void,
): Promise<void> {
  for (const { file, facts, case: candidate } of tapes) {
    current.write(candidate);
    tell({ kind: "property", name: facts?.property ?? "" });
    const result = await playCase(adapter, { property: facts?.property, case: candidate, timeLimitMs });
    const { counterexample } = result;
    tell({
      kind: "result",
      result: { ...result, saved: file, ...(counterexample && { counterexample: { ...counterexample, file } }) },
    });
  }
  tell({ kind: "done" });
}

const port = parentPort;
if (port !== null) {
  run(workerData, (message) => port.postMessage(message)).catch((error: unknown) => {
    const code = error instanceof FuzzError ? error.code : "target-failed";
    port.postMessage({ kind: "failed", code, message: error instanceof Error ? error.message : String(error) });
  });
}
