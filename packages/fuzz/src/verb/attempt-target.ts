import { Worker } from "node:worker_threads";
import { FuzzError } from "../errors.ts";
import { isMeasured } from "../properties/select.ts";
import type { CheckResult, PropertyResult } from "../run/check.ts";
import { type Target, targetName } from "../targets/target.ts";
import type { TargetOptions } from "./check-target.ts";
import type { CurrentCase } from "./current-case.ts";
import type { FromWorker, WorkerTask } from "./worker-messages.ts";

/** How far one thread came. */
interface Attempt {
  readonly results: readonly PropertyResult[];
  readonly adapter: CheckResult["adapter"];
  /** How the thread was lost, and at which property: none where the parser was only tried with a few plain fields. */
  readonly lost?: { readonly property: string | undefined; readonly message: string };
}

// A growth property does its work without telling of cases; the slowest parser measured needed 13 s for one.
const growthLimitMs = 60_000;
const watchEveryMs = 100;

// To kill a child process takes a fraction of one.
const closingMs = 50;

/** One thread that works on properties, or tapes, until it is done or lost; `current` then has the case that it was at. */
export function attemptTarget(
  target: Target,
  options: TargetOptions & { readonly spaceless: false | undefined },
  current: CurrentCase,
): Promise<Attempt> {
  const { seed, runs, properties = [], path, saved, played, timeLimitMs, shows, deviations } = options;
  const task: WorkerTask = {
    target,
    seed,
    runs,
    properties,
    path,
    saved,
    played,
    timeLimitMs,
    shows,
    deviations,
    spaceless: options.spaceless,
    buffer: current.buffer,
  };
  const worker = new Worker(workerFile, { workerData: task, stdout: true, stderr: true });
  const results: PropertyResult[] = [];
  let adapter: CheckResult["adapter"] = { name: targetName(target), version: undefined };
  let property: string | undefined;
  let loaded = false;

  return new Promise<Attempt>((resolve, reject) => {
    let stopped = false;
    const stop = (lost?: string): void => {
      if (stopped) return;
      stopped = true;
      clearInterval(watch);
      options.signal?.removeEventListener("abort", interrupted);
      // A thread that can still hear it ends the program that it talks to; one that cannot has none.
      worker.postMessage("close");
      setTimeout(() => void worker.terminate(), closingMs);
      if (lost === undefined) resolve({ results, adapter });
      else if (!loaded) reject(new FuzzError("target-failed", `${adapter.name} cannot be loaded: ${lost}`));
      else resolve({ results, adapter, lost: { property, message: lost } });
    };
    const interrupted = (): void => stop();
    options.signal?.addEventListener("abort", interrupted);
    let beats = current.beats;
    let since = performance.now();
    const watch = setInterval(() => {
      if (current.beats !== beats) {
        beats = current.beats;
        since = performance.now();
        return;
      }
      const measured = !loaded || (property !== undefined && isMeasured(property));
      const limit = measured ? growthLimitMs : 5 * timeLimitMs;
      if (performance.now() - since > limit) stop(`the parser did not come back within ${limit} ms`);
    }, watchEveryMs);

    // What a parser prints is not ours to show, and must not pile up.
    worker.stdout.resume();
    worker.stderr.resume();
    worker.on("message", (message: FromWorker) => {
      if (stopped) return;
      current.beat();
      switch (message.kind) {
        case "loaded":
          ({ adapter } = message);
          loaded = true;
          break;
        case "property":
          property = message.name;
          break;
        case "result":
          results.push(message.result);
          options.onResult?.(message.result);
          break;
        case "done":
          stop();
          break;
        case "failed":
          reject(new FuzzError(message.code, message.message));
          stop();
      }
    });
    worker.on("error", (error) => stop(`the parser died: ${error instanceof Error ? error.message : String(error)}`));
    worker.on("exit", (code) => stop(`the parser ended the process with ${code}`));
  });
}

// In the sources this file ends in `.ts`, and so does its neighbour.
const workerFile = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);
