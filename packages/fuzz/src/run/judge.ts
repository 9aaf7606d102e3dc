import type { ShownEvent, Shows, View } from "../adapters/adapter.ts";
import type { Observation } from "../adapters/observe.ts";
import { isPayload } from "../adapters/payload.ts";
import { escapeText } from "../case/escape.ts";
import type { Interpretation, OracleEvent } from "../oracle/interpret.ts";

/** How a parser differs from the standard, line by line. */
export interface Mismatch {
  /** What is wrong, in one sentence. */
  readonly message: string;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  /** The parser threw, hung or answered late; what is wrong is not an event. */
  readonly failed?: true;
  /** That it is the reconnection times which differ, and not the events. */
  readonly about?: "retries";
}

/** The last event that the parser shows against the oracle's last. */
export function judgeLastEvent(oracle: Interpretation, seen: Observation, shows: View): Mismatch | undefined {
  if (seen.failure !== undefined) return judgeEvents(oracle, seen, shows);
  const last = { ...seen, events: seen.events.slice(-1) };
  return judgeEvents({ ...oracle, events: visible(oracle, shows).slice(-1) }, last, { ...shows, retry: false });
}

/** All events that the parser shows, in order, against the oracle's, as far as the parser's API can show them. */
export function judgeEvents(oracle: Interpretation, seen: Observation, shows: View): Mismatch | undefined {
  const expected = visible(oracle, shows).map((event) => expectedEvent(event, shows));
  const actual = seen.events.map((event) => shownEvent(event, shows));
  if (seen.failure !== undefined) {
    const message = failureMessages[seen.failure.kind];
    return { message, expected, actual: [...actual, seen.failure.message], failed: true };
  }
  const different = expected.length !== actual.length || expected.some((row, index) => row !== actual[index]);
  if (different) return { message: firstDifference(expected, actual), expected, actual };
  return shows.retry === "each" ? judgeRetries(oracle.reconnectionTimes, seen.retries) : undefined;
}

const failureMessages = {
  threw: "the parser threw",
  hung: "the parser did not come to an end",
  "answered-late": "the parser answered after its end",
} as const;

/** After each chunk as many events shown as are due: not fewer if `prompt`, not more if not early. */
export function judgeMoments(
  oracle: Interpretation,
  seen: Observation,
  shows: View,
  ends: readonly number[],
  judge: "prompt" | "not-early",
): Mismatch | undefined {
  for (const [index, end] of ends.entries()) {
    const due = visible(oracle, shows).filter(({ dispatchedAt }) => dispatchedAt <= end);
    const shown = seen.events.filter((_, event) => (seen.given[event] ?? 0) <= index + 1);
    if (judge === "prompt" ? shown.length >= due.length : shown.length <= due.length) continue;
    const word = judge === "prompt" ? "later" : "earlier";
    return {
      message: `after chunk ${index + 1}, ${due.length} due and ${shown.length} shown: an event came ${word}`,
      expected: due.map((event) => expectedEvent(event, shows)),
      actual: shown.map((event) => shownEvent(event, shows)),
    };
  }
  return undefined;
}

/** Whether an adapter that lets only JSON through, or only one kind of it, can show every event of a stream. */
export function canShow(oracle: Interpretation, shows: View): boolean {
  const { payload } = shows;
  if (shows.data === "text") return true;
  return visible(oracle, shows).every(({ data }) => (payload ? isPayload(data, payload) : isJson(data)));
}

const visible = ({ events }: Interpretation, { hides }: View): readonly OracleEvent[] =>
  hides === undefined ? events : events.filter(({ type }) => !hides(type));

function isJson(data: string): boolean {
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}

function expectedEvent(event: OracleEvent, shows: Shows): string {
  const data = shows.data === "json" && isJson(event.data) ? JSON.stringify(JSON.parse(event.data)) : event.data;
  return row(shows, {
    ...event,
    data,
    id: shows.id === "last" ? event.lastEventId : event.own.id,
    retry: event.own.retry,
  });
}

function shownEvent(event: ShownEvent, shows: Shows): string {
  const type = event.type === undefined || event.type === "" ? "message" : event.type;
  return row(shows, { ...event, type });
}

function row(
  shows: Shows,
  event: { type: string; data: string; id?: string | undefined; retry?: number | undefined },
): string {
  let text = shows.type ? `${escapeText(event.type)} ` : "";
  text += `"${escapeText(String(event.data))}"`;
  if (shows.id === "own") text += event.id === undefined ? "" : ` id "${escapeText(event.id)}"`;
  else if (shows.id !== false) text += event.id ? ` id "${escapeText(event.id)}"` : "";
  if (shows.retry === "own" && event.retry !== undefined) text += ` retry ${event.retry}`;
  return text;
}

function firstDifference(expected: readonly string[], actual: readonly string[]): string {
  const index = expected.findIndex((row, at) => row !== actual[at]);
  const at = index === -1 ? expected.length : index;
  const want = expected[at];
  const got = actual[at];
  if (want === undefined) return `event ${at + 1} should not be there: ${got}`;
  if (got === undefined) return `event ${at + 1} is missing: ${want}`;
  return `event ${at + 1} should be ${want}, is ${got}`;
}

function judgeRetries(expected: readonly number[], actual: readonly number[]): Mismatch | undefined {
  if (expected.length === actual.length && expected.every((time, index) => time === actual[index])) return undefined;
  const rows = (times: readonly number[]): string[] => times.map((time) => `retry ${time}`);
  return { message: "the reconnection times differ", expected: rows(expected), actual: rows(actual), about: "retries" };
}
