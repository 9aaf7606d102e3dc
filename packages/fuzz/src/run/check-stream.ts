import fc from "fast-check";
import type { ParserAdapter } from "../adapters/adapter.ts";
import { observe } from "../adapters/observe.ts";
import { withPayloads } from "../adapters/payload.ts";
import { type Case, toBytes } from "../case/case.ts";
import { FuzzError } from "../error.ts";
import type { StreamProperty } from "../properties/property.ts";
import type { Mismatch } from "./judge.ts";
import { type CaseVerdict, probe, tryCase } from "./try-case.ts";

// For one property, shrinking included: a parser that is a thousand times slower than others still comes to an end.
const longestMs = 20_000;

/** A case that shows a bug, as small as shrinking made it. */
export interface Counterexample {
  readonly case: Case;
  readonly mismatch: Mismatch;
  /** `drawn` from the generator, `saved` by an earlier run, or what the parser was at when it hung or died: `lost`. */
  readonly origin: "drawn" | "saved" | "lost";
  /** For a drawn one, run and shrinking steps that lead to it again, with the seed: fast-check's path. Else empty. */
  readonly path: string;
  /** How many runs it took to draw it; else 0. */
  readonly found: number;
  /** Whether the same case failed when it was tried once more; a parser that is not deterministic may not. */
  readonly confirmed: boolean;
  /** The tape that a saved one was read from. */
  readonly file?: string;
}

export interface StreamRun {
  readonly seed: number;
  readonly runs: number;
  readonly path?: string | undefined;
  readonly timeLimitMs: number;
  /** The parser is right about fields without a space after the colon, so that counterexamples may leave it out. */
  readonly spaceless: boolean;
  /** Cases that are tried before any is drawn. */
  readonly saved?: readonly { readonly case: Case; readonly file?: string }[] | undefined;
  /** Cases that are left out, since what they show is known. */
  readonly avoid?: ((candidate: Case) => boolean) | undefined;
  /** Told of each case before the parser gets it, so that a watchdog can name the case at which a parser hangs or dies. */
  readonly onCase?: ((candidate: Case) => void) | undefined;
}

export interface StreamOutcome {
  /** Runs in which the parser could show what the oracle expects. */
  readonly judged: number;
  readonly runs: number;
  readonly counterexample: Counterexample | undefined;
}

/** Draws cases of one property until one shows a bug, and makes that one small. */
export async function checkStream(
  adapter: ParserAdapter,
  property: StreamProperty,
  run: StreamRun,
): Promise<StreamOutcome> {
  const { payload } = adapter;
  const given = (candidate: Case): Case => (payload === undefined ? candidate : withPayloads(candidate, payload));
  let judged = 0;
  const tried = (drawn: Case): CaseVerdict | Promise<CaseVerdict> => {
    const candidate = given(drawn);
    if (run.avoid?.(candidate) === true) return "unseen";
    run.onCase?.(candidate);
    return tryCase(adapter, property, candidate, run.timeLimitMs);
  };
  const counted = (verdict: CaseVerdict): CaseVerdict => {
    if (verdict !== "unseen") judged += 1;
    return verdict;
  };
  const passes = (verdict: CaseVerdict): boolean => !isMismatch(counted(verdict));

  const asynchronous = await answersLater(adapter, property, run.timeLimitMs);
  for (const { case: candidate, file } of run.saved ?? []) {
    const verdict = counted(await tried(candidate));
    if (!isMismatch(verdict)) continue;
    return { judged, runs: judged, counterexample: savedCounterexample(given(candidate), file, verdict) };
  }
  const { counterexample, counterexamplePath, numRuns } = await search(property, run, asynchronous, (candidate) => {
    const verdict = tried(candidate);
    if (!(verdict instanceof Promise)) return passes(verdict);
    if (!asynchronous) throw new FuzzError("target-failed", sometimesAsynchronous(adapter.name));
    return verdict.then(passes);
  });
  const [drawn] = counterexample ?? [];
  if (drawn === undefined) return { judged, runs: numRuns, counterexample: undefined };
  const smallest = given(drawn);
  const again = await tryCase(adapter, property, smallest, run.timeLimitMs);
  return {
    judged,
    runs: numRuns,
    counterexample: drawnCounterexample(smallest, again, counterexamplePath ?? ""),
  };
}

function isMismatch(verdict: CaseVerdict): verdict is Mismatch {
  return verdict !== undefined && verdict !== "unseen";
}

/** Does the parser answer with promises? Its cases are then run one at a time: one in another process answers one after the other. */
async function answersLater(adapter: ParserAdapter, { judge }: StreamProperty, timeLimitMs: number): Promise<boolean> {
  const oftenWaits = ["fresh", "reset", "resume"].includes(judge);
  const probed = observe(adapter, [toBytes(probe)], { timeLimitMs });
  await probed;
  return oftenWaits || probed instanceof Promise;
}

/** fast-check draws cases until one does not pass, and then smaller ones. */
async function search(
  property: StreamProperty,
  run: StreamRun,
  asynchronous: boolean,
  passes: (candidate: Case) => boolean | Promise<boolean>,
): Promise<fc.RunDetails<[Case]>> {
  const settings: fc.Parameters<[Case]> = {
    seed: run.seed,
    numRuns: run.runs,
    interruptAfterTimeLimit: longestMs,
    ...(run.path !== undefined && { path: run.path }),
  };
  const cases = run.spaceless ? property.cases.spaceless : property.cases.arbitrary;
  return asynchronous
    ? await fc.check(
        fc.asyncProperty(cases, async (candidate) => await passes(candidate)),
        settings,
      )
    : fc.check(
        fc.property(cases, (candidate) => passes(candidate) === true),
        settings,
      );
}

function savedCounterexample(candidate: Case, file: string | undefined, mismatch: Mismatch): Counterexample {
  const tape = file === undefined ? {} : { file };
  return { case: candidate, mismatch, origin: "saved", path: "", found: 0, confirmed: true, ...tape };
}

/** `again` is what came of it when it was tried once more. */
function drawnCounterexample(candidate: Case, again: CaseVerdict, path: string): Counterexample {
  const confirmed = isMismatch(again);
  const mismatch = confirmed ? again : { message: "failed once, and not when tried again", expected: [], actual: [] };
  return { case: candidate, mismatch, origin: "drawn", path, found: Number(path.split(":")[0]) + 1, confirmed };
}

const sometimesAsynchronous = (name: string): string =>
  `${name} answers sometimes at once and sometimes with a promise; return a promise from every push`;
