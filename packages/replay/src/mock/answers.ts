import { isEventStream, type Tape } from "@ssert/tape";
import { encodeEvent } from "@ssert/wire";
import { ReplayError } from "../error.ts";
import { paced } from "../pace.ts";
import { type Step, type Steps, tapeSteps } from "../steps.ts";
import type { MockEvent } from "./events.ts";
import { type ScriptIds, script } from "./script.ts";

/** What the agent does with a message, and the tape that it comes from. */
interface Answer {
  readonly steps: Steps;
  readonly tape: string | undefined;
}

export type Answerer = (message: string, ids: ScriptIds) => Answer;

/** The built-in script, one event every `paceMs`. */
export function scriptedAnswers(paceMs: number): Answerer {
  return (message, ids) => ({ steps: eventSteps(script(message, ids), paceMs), tape: undefined });
}

/**
 * Recorded message streams in the order given, then the last again and again. Other tapes (the JSON of a session, a 409)
 * are passed over, since sessions are the mock's own work.
 */
export function tapedAnswers(tapes: readonly Tape[], instant: boolean): Answerer {
  const streams = tapes.filter(isMessageStream);
  if (streams.length === 0) {
    throw new ReplayError(
      "no-tapes",
      `the mock answers messages with recorded event streams, and none of the ${tapes.length} tapes is one: give it a tape of POST /v1/sessions/ID/messages, or none for the built-in script`,
    );
  }
  let next = 0;
  return () => {
    const tape = streams[Math.min(next, streams.length - 1)];
    if (tape === undefined) throw new RangeError("there is a last tape");
    next += 1;
    const steps = instant ? paced(tapeSteps(tape), { speed: "instant", maxGapMs: undefined }) : tapeSteps(tape);
    return { steps: endAtLastChunk(steps), tape: tape.path };
  };
}

function isMessageStream(tape: Tape): boolean {
  const response = tape.header?.response;
  return response === undefined || (response.status === 200 && isEventStream(response));
}

/** JSON may hold these as they are, but clients that split at them as at line ends would break. */
const LINE_SEPARATORS = /[\u0085\u2028\u2029]/g;

export function encodeMockEvent({ type, data }: MockEvent): Uint8Array {
  const json = JSON.stringify(data).replace(
    LINE_SEPARATORS,
    (separator) => `\\u${separator.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return Buffer.from(encodeEvent({ type, data: json }));
}

async function* eventSteps(events: readonly MockEvent[], paceMs: number): Steps {
  const steps: Step[] = events.map((event, index) => ({ atUs: index * paceMs * 1000, bytes: encodeMockEvent(event) }));
  yield [...steps, { atUs: 0, end: "eof" }];
}

/**
 * A client may send its next message as soon as it has the last event, so an answer that ends well is over with its last
 * chunk, however long the recorded connection stayed open.
 */
async function* endAtLastChunk(steps: Steps): Steps {
  for await (const batch of steps) {
    yield batch.map((step) => ("end" in step && step.end === "eof" ? { ...step, atUs: 0 } : step));
  }
}
