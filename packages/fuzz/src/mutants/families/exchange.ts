import type { Arrivals } from "../../sent/sent-stream.ts";
import { draftsOf } from "../draft.ts";
import type { Breaker, Breakers } from "../fault.ts";

/** The HTTP exchange that carried the stream: rules `http/*` and `timing/*`. */
export const exchangeBreakers: Breakers = [
  ["http/status", withResponse(500, "text/event-stream", "answered with status 500")],
  ["http/content-type", withResponse(200, "application/json", "answered with content-type application/json")],
  [
    "timing/late-close",
    withTimes("closed the connection 6 s after the last event", 1, (count) => ({
      ...steady(count),
      lingerUs: 6 * SECOND,
    })),
  ],
  [
    "timing/gap",
    withTimes("left the stream silent for a minute", 2, (count, pick) => ({
      ...steady(count),
      pauseAt: pick,
      pauseUs: 60 * SECOND,
    })),
  ],
  // 20 events at once are many: fewer may be made at once.
  [
    "timing/buffered",
    withTimes("held all events back for 6 s", 20, () => ({ stepUs: 0, pauseAt: 0, pauseUs: 6 * SECOND, lingerUs: 0 })),
  ],
];

const SECOND = 1_000_000;

function withResponse(status: number, type: string, change: string): Breaker {
  return (reading) => ({
    drafts: draftsOf(reading),
    at: undefined,
    response: { status, headers: { "content-type": type } },
    change,
  });
}

/** How the events of a stream come: at a steady pace, with one pause. */
interface Pace {
  readonly stepUs: number;
  readonly pauseAt: number;
  readonly pauseUs: number;
  readonly lingerUs: number;
}

/** Ten events a second: nothing is held up, and no client waits. */
function steady(_: number): Pace {
  return { stepUs: SECOND / 10, pauseAt: 0, pauseUs: 0, lingerUs: 0 };
}

function withTimes(change: string, least: number, paceOf: (count: number, pick: number) => Pace): Breaker {
  return (reading, dice) => {
    const { length } = reading.events;
    // What comes behind the end of the stream is a matter of closing.
    const last = Math.min(reading.end, length - 1);
    if (length < least || last < 0) return undefined;
    const pace = paceOf(length, dice.between(0, last));
    return { drafts: draftsOf(reading), at: undefined, arrivals: (blocks) => arrivalsOf(blocks, pace), change };
  };
}

/** Each event is a chunk of its own. */
function arrivalsOf(blocks: readonly Uint8Array[], { stepUs, pauseAt, pauseUs, lingerUs }: Pace): Arrivals {
  let end = 0;
  let atUs = 0;
  const chunks = blocks.map((block, index) => {
    end += block.length;
    atUs += stepUs + (index === pauseAt ? pauseUs : 0);
    return { end, atUs };
  });
  return { chunks, closedAtUs: atUs + lingerUs };
}
