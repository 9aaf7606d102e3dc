import { parentPort, workerData } from "node:worker_threads";
import { FuzzError } from "../errors.ts";
import { checkParser } from "../run/check.ts";
import { loadTarget } from "../targets/load-target.ts";
import { CurrentCase } from "./current-case.ts";
import type { FromWorker, WorkerTask } from "./worker-messages.ts";

/** One target, in a thread of its own: what hangs or dies here takes no one along. */
async function run(task: WorkerTask, tell: (message: FromWorker) => void): Promise<void> {
  const current = new CurrentCase(task.buffer);
  const { target, timeLimitMs, shows, deviations } = task;
  const loaded = await loadTarget(target, timeLimitMs);
  // A program has its own time limit, after which it is killed; this one only guards that.
  const guardMs = target.kind === "command" || target.kind === "client" ? 3 * timeLimitMs : timeLimitMs;
  try {
    const adapter = { ...loaded.adapter, ...(shows && { shows }), ...(deviations && { deviations }) };
    tell({ kind: "loaded", name: adapter.name, version: adapter.version });
    const { seed, runs, properties, path, saved } = task;
    await checkParser(adapter, {
      seed,
      runs,
      properties,
      ...(path === undefined ? {} : { path }),
      ...(saved === undefined ? {} : { saved }),
      timeLimitMs: guardMs,
      onProperty: ({ name }) => {
        current.write({ text: "", cuts: [] });
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

const port = parentPort;
if (port !== null) {
  run(workerData, (message) => port.postMessage(message)).catch((error: unknown) => {
    const code = error instanceof FuzzError ? error.code : "target-failed";
    port.postMessage({ kind: "failed", code, message: error instanceof Error ? error.message : String(error) });
  });
}
