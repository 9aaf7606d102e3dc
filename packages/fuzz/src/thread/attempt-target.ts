import { Worker } from "node:worker_threads";
import type { Deviation, Shows } from "../adapters/adapter.ts";
import type { SavedTape } from "../counterexample/saved-case.ts";
import { FuzzError } from "../error.ts";
import { isMeasured } from "../properties/select.ts";
import type { CheckResult, PropertyResult, SavedCase } from "../run/check-result.ts";
import { type Target, targetName } from "../targets/target.ts";
import type { CurrentCase } from "./current-case.ts";
import type { FromWorker, WorkerTask } from "./worker-messages.ts";

/** What one thread is given to do. */
export interface AttemptOptions {
  readonly seed: number;
  readonly runs: number;
  readonly properties?: readonly string[];
  readonly path?: string;
  readonly saved?: readonly SavedCase[];
  readonly played?: readonly SavedTape[];
  /** For one case, in milliseconds. */
  readonly timeLimitMs: number;
  readonly shows?: Partial<Shows>;
  readonly deviations?: readonly Deviation[];
  /** False: the parser was lost when it was asked whether it reads fields without a space after the colon. */
  readonly spaceless: false | undefined;
  readonly signal?: AbortSignal;
  readonly onResult?: (result: PropertyResult) => void;
}

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
export function attemptTarget(target: Target, options: AttemptOptions, current: CurrentCase): Promise<Attempt> {
  const { signal, onResult, timeLimitMs } = options;
  const workerData = taskOf(target, options, current);
  const worker = new Worker(workerFile, { workerData, stdout: true, stderr: true });
  const { promise, resolve, reject } = Promise.withResolvers<Attempt>();
  const results: PropertyResult[] = [];
  let adapter: CheckResult["adapter"] = { name: targetName(target), version: undefined };
  let property: string | undefined;
  let loaded = false;
  let stopped = false;

  const stop = (lost?: string): void => {
    if (stopped) return;
    stopped = true;
    endWatch();
    signal?.removeEventListener("abort", interrupted);
    // A thread that can still hear it ends the program that it talks to; one that cannot has none.
    worker.postMessage("close");
    setTimeout(() => void worker.terminate(), closingMs);
    if (lost === undefined) resolve({ results, adapter });
    else if (!loaded) reject(new FuzzError("target-failed", `${adapter.name} cannot be loaded: ${lost}`));
    else resolve({ results, adapter, lost: { property, message: lost } });
  };
  const interrupted = (): void => stop();
  const limitMs = (): number => {
    const measured = !loaded || (property !== undefined && isMeasured(property));
    return measured ? growthLimitMs : 5 * timeLimitMs;
  };
  const hear = (message: FromWorker): void => {
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
        onResult?.(message.result);
        break;
      case "done":
        stop();
        break;
      case "failed":
        reject(new FuzzError(message.code, message.message));
        stop();
    }
  };

  const endWatch = watchBeats(current, limitMs, (limit) => stop(`the parser did not come back within ${limit} ms`));
  signal?.addEventListener("abort", interrupted);
  // What a parser prints is not ours to show, and must not pile up.
  worker.stdout.resume();
  worker.stderr.resume();
  worker.on("message", (message: FromWorker) => {
    if (stopped) return;
    current.beat();
    hear(message);
  });
  worker.on("error", (error) => stop(`the parser died: ${error instanceof Error ? error.message : String(error)}`));
  worker.on("exit", (code) => stop(`the parser ended the process with ${code}`));
  return promise;
}

/** Of the options what a thread can be given: functions cannot be sent. */
function taskOf(target: Target, options: AttemptOptions, { buffer }: CurrentCase): WorkerTask {
  const { seed, runs, properties = [], path, saved, played, timeLimitMs, shows, deviations, spaceless } = options;
  return { target, seed, runs, properties, path, saved, played, timeLimitMs, shows, deviations, spaceless, buffer };
}

/** Tells when there was no beat for longer than `limitMs` says then. Returns what ends the watch. */
function watchBeats(current: CurrentCase, limitMs: () => number, onSilence: (limitMs: number) => void): () => void {
  let { beats } = current;
  let since = performance.now();
  const watch = setInterval(() => {
    if (current.beats !== beats) {
      ({ beats } = current);
      since = performance.now();
      return;
    }
    const limit = limitMs();
    if (performance.now() - since > limit) onSilence(limit);
  }, watchEveryMs);
  return () => clearInterval(watch);
}

// In the sources this file ends in `.ts`, and so does its neighbour.
const workerFile = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);
