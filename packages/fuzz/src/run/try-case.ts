import {
  type ClientAdapter,
  type ParserAdapter,
  type PushAdapter,
  type ShownEvent,
  shownBy,
} from "../adapters/adapter.ts";
import { type Observation, observe, Witness } from "../adapters/observe.ts";
import { type Case, toBytes, toChunks } from "../case/case.ts";
import { escapeText } from "../case/escape.ts";
import { interpretEventStream } from "../oracle/interpret.ts";
import type { StreamProperty } from "../properties/property.ts";
import { canShow, judgeEvents, judgeLastEvent, judgeMoments, type Mismatch } from "./judge.ts";

/** The plainest stream with an event: what every parser is given first, to see whether it is asynchronous. */
export const probe = "data: 1\n\n";

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
