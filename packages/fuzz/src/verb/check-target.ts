import { Worker } from "node:worker_threads";
import type { Deviation, Shows } from "../adapters/adapter.ts";
import { FuzzError } from "../errors.ts";
import { selectProperties } from "../properties/select.ts";
import type { CheckResult, PropertyResult, SavedCase } from "../run/check.ts";
import { type Target, targetName } from "../targets/target.ts";
import { CurrentCase } from "./current-case.ts";
import type { FromWorker, WorkerTask } from "./worker-messages.ts";

export interface TargetOptions {
  readonly seed: number;
  readonly runs: number;
  readonly properties?: readonly string[];
  readonly path?: string;
  readonly saved?: readonly SavedCase[];
  /** For one case, in milliseconds. */
  readonly timeLimitMs: number;
  readonly shows?: Partial<Shows>;
  readonly deviations?: readonly Deviation[];
  /** The file that a target's thread runs; a host that bundles this package says where it put it. */
  readonly workerFile?: URL;
  readonly onResult?: (result: PropertyResult) => void;
}

interface Attempt {
  readonly results: readonly PropertyResult[];
  readonly name: string;
  readonly version: string | undefined;
  /** The property at which the thread was lost, and how. */
  readonly lost?: { readonly property: string; readonly message: string };
}

/**
 * `checkParser` for a target, in a thread of its own. A property at which the thread hangs or dies is a finding with the case
 * that it was at; the properties after it go on in a new thread.
 */
export async function checkTarget(target: Target, options: TargetOptions): Promise<CheckResult> {
  const names = selectProperties(options.properties, options.path).map(({ name }) => name);
  const results: PropertyResult[] = [];
  let adapter: CheckResult["adapter"] = { name: targetName(target), version: undefined };
  for (let at = 0; at < names.length; at = results.length) {
    const current = new CurrentCase();
    const attempt = await attemptTarget(target, names.slice(at), options, current);
    adapter = { name: attempt.name, version: attempt.version };
    results.push(...attempt.results);
    if (attempt.lost === undefined) break;
    const result = lostResult(attempt.lost, current);
    results.push(result);
    options.onResult?.(result);
  }
  return { adapter, seed: options.seed, ok: results.every(({ verdict }) => verdict !== "bug"), results };
}

function lostResult({ property, message }: NonNullable<Attempt["lost"]>, current: CurrentCase): PropertyResult {
  const mismatch = { message, expected: [], actual: [] };
  const counterexample = {
    case: current.read(),
    mismatch,
    origin: "lost" as const,
    path: "",
    found: 0,
    confirmed: false,
  };
  return { property, verdict: "bug", runs: 0, counterexample };
}

// A growth property does its work without telling of cases; the slowest parser measured needed 13 s for one.
const growthLimitMs = 60_000;
const watchEveryMs = 100;

function attemptTarget(
  target: Target,
  properties: readonly string[],
  options: TargetOptions,
  current: CurrentCase,
): Promise<Attempt> {
  const { seed, runs, path, saved, timeLimitMs, shows, deviations } = options;
  const task: WorkerTask = {
    target,
    seed,
    runs,
    properties,
    path,
    saved,
    timeLimitMs,
    shows,
    deviations,
    buffer: current.buffer,
  };
  const worker = new Worker(options.workerFile ?? workerFile, { workerData: task, stdout: true, stderr: true });
  const results: PropertyResult[] = [];
  let name = targetName(target);
  let version: string | undefined;
  let property: string | undefined;

  return new Promise<Attempt>((resolve, reject) => {
    const stop = (lost?: string): void => {
      clearInterval(watch);
      void worker.terminate();
      if (lost === undefined) resolve({ results, name, version });
      else if (property === undefined) reject(new FuzzError("target-failed", `${name} cannot be loaded: ${lost}`));
      else resolve({ results, name, version, lost: { property, message: lost } });
    };
    let beats = current.beats;
    let since = performance.now();
    const watch = setInterval(() => {
      if (current.beats !== beats) {
        beats = current.beats;
        since = performance.now();
        return;
      }
      const measured = property === undefined || property.startsWith("work/") || property.startsWith("memory/");
      const limit = measured ? growthLimitMs : 5 * timeLimitMs;
      if (performance.now() - since > limit) stop(`the parser did not come back within ${limit} ms`);
    }, watchEveryMs);

    worker.on("message", (message: FromWorker) => {
      current.beat();
      switch (message.kind) {
        case "loaded":
          ({ name, version } = message);
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
          clearInterval(watch);
          reject(new FuzzError(message.code, message.message));
      }
    });
    worker.on("error", (error) => stop(`the parser died: ${error instanceof Error ? error.message : String(error)}`));
    worker.on("exit", (code) => stop(`the parser ended the process with ${code}`));
  });
}

// In the sources this file ends in `.ts`, and so does its neighbour.
const workerFile = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);
