import fc from "fast-check";
import {
  type ClientAdapter,
  type ParserAdapter,
  type PushAdapter,
  type ShownEvent,
  shownBy,
} from "../adapters/adapter.ts";
import { type Observation, observe, Witness } from "../adapters/observe.ts";
import { withPayloads } from "../adapters/payload.ts";
import { type Case, toBytes, toChunks } from "../case/case.ts";
import { escapeText } from "../case/escape.ts";
import { FuzzError } from "../errors.ts";
import { interpretEventStream } from "../oracle/interpret.ts";
import type { StreamProperty } from "../properties/property.ts";
import { canShow, judgeEvents, judgeLastEvent, judgeMoments, type Mismatch } from "./judge.ts";

/** What every parser is given first, to see whether it is asynchronous. */
export const probe = "data: 1\n\n";

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
  const right = (verdict: CaseVerdict): boolean => {
    if (verdict !== "unseen") judged += 1;
    return verdict === undefined || verdict === "unseen";
  };

  const oftenWaits = ["fresh", "reset", "resume"].includes(property.judge);
  const probed = observe(adapter, [toBytes(probe)], { timeLimitMs: run.timeLimitMs });
  const asynchronous = oftenWaits || probed instanceof Promise;
  // One case at a time: a parser in another process answers one after the other.
  await probed;
  const settings: fc.Parameters<[Case]> = {
    seed: run.seed,
    numRuns: run.runs,
    interruptAfterTimeLimit: longestMs,
  };
  for (const { case: candidate, file } of run.saved ?? []) {
    const mismatch = await tried(candidate);
    if (right(mismatch)) continue;
    return { judged, runs: judged, counterexample: savedCounterexample(given(candidate), file, mismatch) };
  }
  const cases = run.spaceless ? property.cases.spaceless : property.cases.arbitrary;
  if (run.path !== undefined) settings.path = run.path;
  const details = asynchronous
    ? await fc.check(
        fc.asyncProperty(cases, async (candidate) => right(await tried(candidate))),
        settings,
      )
    : fc.check(
        fc.property(cases, (candidate) => {
          const verdict = tried(candidate);
          if (verdict instanceof Promise) throw new FuzzError("target-failed", sometimesAsynchronous(adapter.name));
          return right(verdict);
        }),
        settings,
      );

  const [drawn] = details.counterexample ?? [];
  if (drawn === undefined) return { judged, runs: details.numRuns, counterexample: undefined };
  const smallest = given(drawn);
  const again = await tryCase(adapter, property, smallest, run.timeLimitMs);
  const confirmed = again !== undefined && again !== "unseen";
  const mismatch = confirmed ? again : { message: "failed once, and not when tried again", expected: [], actual: [] };
  const path = details.counterexamplePath ?? "";
  return {
    judged,
    runs: details.numRuns,
    counterexample: {
      case: smallest,
      mismatch,
      origin: "drawn",
      path,
      found: Number(path.split(":")[0]) + 1,
      confirmed,
    },
  };
}

function savedCounterexample(
  candidate: Case,
  file: string | undefined,
  verdict: CaseVerdict,
): Counterexample | undefined {
  if (verdict === undefined || verdict === "unseen") return undefined;
  const tape = file === undefined ? {} : { file };
  return { case: candidate, mismatch: verdict, origin: "saved", path: "", found: 0, confirmed: true, ...tape };
}

const sometimesAsynchronous = (name: string): string =>
  `${name} answers sometimes at once and sometimes with a promise; return a promise from every push`;

/** `undefined`: the parser is right; `unseen`: its API cannot show it. */
export type CaseVerdict = Mismatch | undefined | "unseen";

/** Judges one case; `unseen` where the adapter's API cannot show what the oracle expects. */
export function tryCase(
  adapter: ParserAdapter,
  property: StreamProperty,
  candidate: Case,
  timeLimitMs: number,
): CaseVerdict | Promise<CaseVerdict> {
  const shows = shownBy(adapter);
  const { judge } = property;
  if (judge === "fresh" || judge === "reset") {
    return "open" in adapter ? tryTwoStreams(adapter, candidate, judge) : "unseen";
  }
  const oracle = interpretEventStream(toBytes(candidate.text));
  if (judge === "resume") return "resume" in adapter ? tryResume(adapter, candidate, oracle.lastEventId) : "unseen";
  if (!canShow(oracle, shows)) return "unseen";
  const chunks = toChunks(candidate);
  if (judge === "events" || judge === "last-event") {
    const judgeOne = judge === "events" ? judgeEvents : judgeLastEvent;
    return whenSeen(observe(adapter, chunks, { timeLimitMs }), (seen) => judgeOne(oracle, seen, shows));
  }
  const ends = [...candidate.cuts, candidate.text.length];
  const due = ends.map((end) => oracle.events.filter(({ dispatchedAt }) => dispatchedAt <= end).length);
  return whenSeen(observe(adapter, chunks, { timeLimitMs, due }), (seen) =>
    judgeMoments(oracle, seen, shows, ends, judge),
  );
}

function whenSeen(
  seen: Observation | Promise<Observation>,
  judge: (observation: Observation) => CaseVerdict,
): CaseVerdict | Promise<CaseVerdict> {
  return seen instanceof Promise ? seen.then(judge) : judge(seen);
}

/** An empty last event ID string is not sent. */
async function tryResume(adapter: ClientAdapter, candidate: Case, lastEventId: string): Promise<CaseVerdict> {
  const row = (sent: string): string => (sent === "" ? "no Last-Event-ID" : `Last-Event-ID: ${escapeText(sent)}`);
  const expected = row(lastEventId);
  try {
    const actual = row((await adapter.resume(toChunks(candidate))) ?? "");
    if (actual === expected) return undefined;
    return {
      message: `the next request should have ${expected}, has ${actual}`,
      expected: [expected],
      actual: [actual],
    };
  } catch (error) {
    return { message: "the client was lost", expected: [expected], actual: [String(error)] };
  }
}

/** Leaves one stream in the middle, then reads another: with a second parser, or with the first after its reset. */
async function twoStreams(adapter: PushAdapter, candidate: Case, judge: "fresh" | "reset"): Promise<CaseVerdict> {
  const shows = shownBy(adapter);
  const first = new Witness();
  const second = new Witness();
  let current = first;
  const sink = { event: (event: ShownEvent) => current.event(event), retry: () => {} };
  const parser = adapter.open(sink);
  const chunks = toChunks({ ...candidate, text: candidate.text.slice(0, -1) });
  for (const chunk of chunks) await parser.push(chunk);
  if (judge === "reset") {
    if (parser.reset === undefined) return "unseen";
    parser.reset();
    current = second;
  }
  const reader = judge === "reset" ? parser : adapter.open(second);
  await reader.push(toBytes(probe));
  await reader.end();
  return judgeEvents(interpretEventStream(toBytes(probe)), second.observation(), { ...shows, retry: false });
}

function tryTwoStreams(adapter: PushAdapter, candidate: Case, judge: "fresh" | "reset"): Promise<CaseVerdict> {
  return twoStreams(adapter, candidate, judge).catch((error: unknown) => ({
    message: "the parser threw",
    expected: [],
    actual: [String(error)],
  }));
}
