import type { Case } from "../case/case.ts";
import type { SavedTape } from "../counterexample/saved-case.ts";
import { selectProperties, streamPropertyNamed } from "../properties/select.ts";
import type { CheckResult, PropertyResult } from "../run/check-result.ts";
import { type Target, targetName } from "../targets/target.ts";
import { type AttemptOptions, attemptTarget } from "./attempt-target.ts";
import { CurrentCase } from "./current-case.ts";

/** What is asked of a target, however many threads it takes. */
export type TargetOptions = Omit<AttemptOptions, "spaceless">;

// A parser that is lost at this many properties in a row is lost at all of them, and each takes seconds.
const mostLost = 5;

/**
 * `checkParser` for a target, in a thread of its own. A property at which the thread hangs or dies is a finding with the case
 * that it was at; the properties after it go on in a new thread.
 */
export async function checkTarget(target: Target, options: TargetOptions): Promise<CheckResult> {
  const { played } = options;
  const names =
    played === undefined
      ? selectProperties(options.properties, options.path).map(({ name }) => name)
      : played.map(({ facts }) => streamPropertyNamed(facts?.property).name);
  const results: PropertyResult[] = [];
  let adapter: CheckResult["adapter"] = { name: targetName(target), version: undefined };
  let spaceless: false | undefined;
  let lostInRow = 0;
  for (let at = 0; at < names.length && options.signal?.aborted !== true; at = results.length) {
    const current = new CurrentCase();
    const attempt = await attemptTarget(target, { ...options, ...rest(names, played, at), spaceless }, current);
    ({ adapter } = attempt);
    results.push(...attempt.results);
    if (attempt.lost === undefined) break;
    const { message } = attempt.lost;
    // Lost without one again: then it is the next that cannot be tried.
    const property = attempt.lost.property ?? (spaceless === false ? names[results.length] : undefined);
    spaceless = false;
    if (property === undefined) continue;
    const tape = played?.[results.length];
    const result = lostResult(property, message, current.read(), tape?.file);
    const confirmed = tape === undefined && (await isLostAgain(target, options, result));
    const told = confirmed ? confirm(result) : result;
    results.push(told);
    options.onResult?.(told);
    lostInRow = attempt.results.length === 0 ? lostInRow + 1 : 1;
    if (lostInRow === mostLost) break;
  }
  if (lostInRow === mostLost) {
    const reason = `not tried: the parser was lost at each of the ${mostLost} properties before`;
    const untried = names.slice(results.length);
    results.push(...untried.map((property) => ({ property, verdict: "not-observable" as const, runs: 0, reason })));
  }
  return { adapter, seed: options.seed, ok: results.every(({ verdict }) => verdict !== "bug"), results };
}

function rest(
  names: readonly string[],
  played: readonly SavedTape[] | undefined,
  at: number,
): Pick<TargetOptions, "properties" | "played"> {
  return { properties: names.slice(at), ...(played && { played: played.slice(at) }) };
}

function lostResult(property: string, message: string, at: Case, file: string | undefined): PropertyResult {
  const mismatch = { message, expected: [], actual: [] };
  const counterexample = { case: at, mismatch, origin: "lost" as const, path: "", found: 0, confirmed: false };
  const tape = file === undefined ? {} : { saved: file };
  return { property, verdict: "bug", runs: 0, counterexample, ...tape };
}

/** Whether a new thread with a fresh parser is lost, or wrong, at the same case. */
async function isLostAgain(
  target: Target,
  options: TargetOptions,
  { property, counterexample }: PropertyResult,
): Promise<boolean> {
  if (counterexample === undefined || counterexample.case.text === "" || options.signal?.aborted === true) return false;
  const facts = { target: "", property, seed: options.seed, path: "" };
  const played = [{ file: "", facts, case: counterexample.case }];
  const { onResult: _, ...quiet } = options;
  const { results, lost } = await attemptTarget(target, { ...quiet, played, spaceless: false }, new CurrentCase());
  return lost !== undefined || results.some(({ verdict }) => verdict !== "pass");
}

function confirm(result: PropertyResult): PropertyResult {
  const { counterexample } = result;
  return counterexample === undefined ? result : { ...result, counterexample: { ...counterexample, confirmed: true } };
}
