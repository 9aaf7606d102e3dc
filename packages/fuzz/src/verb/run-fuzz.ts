import type { Deviation, Shows } from "../adapters/adapter.ts";
import type { CheckResult, PropertyResult, SavedCase } from "../run/check.ts";
import { parseTarget, type Target, targetName } from "../targets/target.ts";
import { checkTarget } from "./check-target.ts";

export interface FuzzOptions {
  /** Where packages and programs are looked for. Default: the working folder. */
  readonly folder?: string;
  /** Cases a property. Default 1,000, for a client 20. */
  readonly runs?: number;
  readonly seed?: number;
  readonly properties?: readonly string[];
  readonly path?: string;
  /** Cases that are tried first, from `readSaved`. */
  readonly saved?: readonly SavedCase[];
  /** For one case, in milliseconds. Default 1,000. */
  readonly timeLimitMs?: number;
  /** What a target shows and means to do otherwise, where it does not say so itself. */
  readonly shows?: Partial<Shows>;
  readonly deviations?: readonly Deviation[];
  /** How many targets are tested at once, each in a thread of its own. Default 1. */
  readonly workers?: number;
  /** The file that a target's thread runs, `verb/worker.js` of this package; a host that bundles it says where it is. */
  readonly workerFile?: URL;
  readonly onResult?: (target: string, result: PropertyResult) => void;
}

export interface FuzzResult {
  readonly ok: boolean;
  readonly seed: number;
  readonly targets: readonly CheckResult[];
}

const parserRuns = 1000;
// A client is a process and three connections a case.
const clientRuns = 20;

/** The verb: tests each target and returns what was found. Throws a `FuzzError` if one cannot be run. */
export async function runFuzz(targets: readonly (string | Target)[], options: FuzzOptions = {}): Promise<FuzzResult> {
  const folder = options.folder ?? process.cwd();
  const seed = options.seed ?? Math.floor(Math.random() * 0x7fff_ffff);
  const parsed = targets.map((target) => (typeof target === "string" ? parseTarget(target, folder) : target));
  const results: CheckResult[] = [];
  const { onResult, folder: _, ...rest } = options;
  const check = (target: Target): Promise<CheckResult> =>
    checkTarget(target, {
      ...rest,
      seed,
      runs: options.runs ?? (target.kind === "client" ? clientRuns : parserRuns),
      timeLimitMs: options.timeLimitMs ?? 1000,
      ...(onResult && { onResult: (result: PropertyResult) => onResult(targetName(target), result) }),
    });
  const waiting = parsed.entries();
  const work = async (): Promise<void> => {
    for (const [index, target] of waiting) results[index] = await check(target);
  };
  await Promise.all(Array.from({ length: Math.min(options.workers ?? 1, parsed.length) }, work));
  return { ok: results.every(({ ok }) => ok), seed, targets: results };
}
