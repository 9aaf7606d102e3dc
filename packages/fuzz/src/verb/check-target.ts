import { Worker } from "node:worker_threads";
import type { Deviation, Shows } from "../adapters/adapter.ts";
import { FuzzError } from "../errors.ts";
import { selectProperties } from "../properties/select.ts";
import type { CheckResult, PropertyResult } from "../run/check.ts";
import { type Target, targetName } from "../targets/target.ts";
import { CurrentCase } from "./current-case.ts";
import type { FromWorker, WorkerTask } from "./worker-messages.ts";

export interface TargetOptions {
  readonly seed: number;
  readonly runs: number;
  readonly properties?: readonly string[];
  readonly path?: string;
  /** For one case, in milliseconds. */
  readonly timeLimitMs: number;
  readonly shows?: Partial<Shows>;
  readonly deviations?: readonly Deviation[];
  readonly signal?: AbortSignal;
  readonly onResult?: (result: PropertyResult) => void;
}

interface Attempt {
  readonly results: readonly PropertyResult[];
  readonly name: string;
  readonly version: string | undefined;
  /** How the thread was lost, and at which property: none where the parser was only tried with a few plain fields. */
  readonly lost?: { readonly property: string | undefined; readonly message: string };
}

// A parser that is lost at this many properties in a row is lost at all of them, and each takes seconds.
const mostLost = 5;

/**
 * `checkParser` for a target, in a thread of its own. A property at which the thread hangs or dies is a finding with the case
 * that it was at; the properties after it go on in a new thread.
 */
export async function checkTarget(target: Target, options: TargetOptions): Promise<CheckResult> {
  const names = selectProperties(options.properties, options.path).map(({ name }) => name);
  const results: PropertyResult[] = [];
  let adapter: CheckResult["adapter"] = { name: targetName(target), version: undefined };
  let spaceless: false | undefined;
  let lostInRow = 0;
  for (let at = 0; at < names.length && options.signal?.aborted !== true; at = results.length) {
    const current = new CurrentCase();
    const attempt = await attemptTarget(target, names.slice(at), { ...options, spaceless }, current);
    adapter = { name: attempt.name, version: attempt.version };
    results.push(...attempt.results);
    if (attempt.lost === undefined) break;
    const { message } = attempt.lost;
    // Lost without one again: then it is the next that cannot be tried.
    const property = attempt.lost.property ?? (spaceless === false ? names[results.length] : undefined);
    spaceless = false;
    if (property === undefined) continue;
    const result = lostResult(property, message, current);
    results.push(result);
    options.onResult?.(result);
    lostInRow = attempt.results.length === 0 ? lostInRow + 1 : 1;
    if (lostInRow === mostLost) break;
  }
  if (lostInRow === mostLost) {
    const reason = `not tried: the parser was lost at each of the ${mostLost} properties before`;
    const rest = names.slice(results.length);
    results.push(...rest.map((property) => ({ property, verdict: "not-observable" as const, runs: 0, reason })));
  }
  return { adapter, seed: options.seed, ok: results.every(({ verdict }) => verdict !== "bug"), results };
}

function lostResult(property: string, message: string, current: CurrentCase): PropertyResult {
  const mismatch = { message, expected: [], actual: [] };
  const counterexample = { case: current.read(), mismatch, path: "", found: 0, confirmed: false };
  return { property, verdict: "bug", runs: 0, counterexample };
}

// A growth property does its work without telling of cases; the slowest parser measured needed 13 s for one.
const growthLimitMs = 60_000;
const watchEveryMs = 100;

// To kill a child process takes a fraction of one.
const closingMs = 50;

function attemptTarget(
  target: Target,
  properties: readonly string[],
  options: TargetOptions & { readonly spaceless: false | undefined },
  current: CurrentCase,
): Promise<Attempt> {
  const { seed, runs, path, timeLimitMs, shows, deviations } = options;
  const task: WorkerTask = {
    target,
    seed,
    runs,
    properties,
    path,
    timeLimitMs,
    shows,
    deviations,
    spaceless: options.spaceless,
    buffer: current.buffer,
  };
  const worker = new Worker(workerFile, { workerData: task, stdout: true, stderr: true });
  const results: PropertyResult[] = [];
  let name = targetName(target);
  let version: string | undefined;
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
      if (lost === undefined) resolve({ results, name, version });
      else if (!loaded) reject(new FuzzError("target-failed", `${name} cannot be loaded: ${lost}`));
      else resolve({ results, name, version, lost: { property, message: lost } });
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
      const measured = !loaded || /^(?:work|memory)\//.test(property ?? "");
      const limit = measured ? growthLimitMs : 3 * timeLimitMs;
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
          ({ name, version } = message);
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
