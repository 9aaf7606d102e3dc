import type { Deviation, Shows } from "../adapters/adapter.ts";
import type { SavedTape } from "../counterexample/saved-case.ts";
import { FuzzError } from "../error.ts";
import type { CheckResult, PropertyResult, SavedCase } from "../run/check-result.ts";
import { parseTarget } from "../targets/parse-target.ts";
import { type Target, targetName } from "../targets/target.ts";
import { checkTarget } from "../thread/check-target.ts";

export interface FuzzOptions {
  /** Where packages and programs are looked for. Default: the working folder. */
  readonly folder?: string;
  /** Cases a property. Default 1,000, for a client 20. */
  readonly runs?: number;
  readonly seed?: number;
  readonly properties?: readonly string[];
  readonly path?: string;
  /** Tapes that are tried first, each by the target that it was found in, under its property. */
  readonly saved?: readonly SavedTape[];
  /** Tapes that are played instead of drawing anything: a result each. */
  readonly played?: readonly SavedTape[];
  /** For one case, in milliseconds. Default 1,000. */
  readonly timeLimitMs?: number;
  /** What a target shows and means to do otherwise, where it does not say so itself. */
  readonly shows?: Partial<Shows>;
  readonly deviations?: readonly Deviation[];
  /** How many targets are tested at once, each in a thread of its own. Default 1. */
  readonly workers?: number;
  /** Ends the run early; what is known by then is the result. */
  readonly signal?: AbortSignal;
  /** Told of a target that cannot be run, which is then left out. Default: the error is thrown, and ends the run. */
  readonly onUnusable?: (target: string, error: FuzzError) => void;
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

/** The verb: tests each target and returns what was found, in their order. Throws a `FuzzError` if one cannot be run. */
export async function runFuzz(targets: readonly (string | Target)[], options: FuzzOptions = {}): Promise<FuzzResult> {
  const folder = options.folder ?? process.cwd();
  const seed = options.seed ?? Math.floor(Math.random() * 0x7fff_ffff);
  const results: CheckResult[] = [];
  const { onResult, onUnusable, folder: _, saved, ...rest } = options;
  const check = async (given: string | Target): Promise<CheckResult> => {
    const target = typeof given === "string" ? parseTarget(given, folder) : given;
    const called = typeof given === "string" ? given : targetName(given);
    const result = await checkTarget(target, {
      ...rest,
      seed,
      runs: options.runs ?? (target.kind === "client" ? clientRuns : parserRuns),
      ...(saved && { saved: casesOf(called, saved) }),
      timeLimitMs: options.timeLimitMs ?? 1000,
      ...(onResult && { onResult: (found: PropertyResult) => onResult(called, found) }),
    });
    // What has no name of its own is called what the user calls it.
    const name = result.adapter.name === targetName(target) ? called : result.adapter.name;
    const told = options.shows === undefined ? {} : { told: options.shows };
    return { ...result, ...told, target: called, adapter: { ...result.adapter, name } };
  };
  const waiting = targets.entries();
  const work = async (): Promise<void> => {
    for (const [index, target] of waiting) {
      if (options.signal?.aborted) return;
      try {
        results[index] = await check(target);
      } catch (error) {
        if (onUnusable === undefined || !(error instanceof FuzzError)) throw error;
        onUnusable(typeof target === "string" ? target : targetName(target), error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.workers ?? 1, targets.length) }, work));
  // `results` has holes where a target was left out.
  const known = results.filter(() => true);
  return { ok: known.every(({ ok }) => ok), seed, targets: known };
}

function casesOf(target: string, tapes: readonly SavedTape[]): readonly SavedCase[] {
  return tapes.flatMap(({ file, facts, case: saved }) =>
    facts?.target === target ? [{ property: facts.property, case: saved, file }] : [],
  );
}
