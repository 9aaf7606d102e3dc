import { grouped } from "../../src/pretty/count.ts";
import type { TimelineChunk, TimelineEvent } from "../../src/timeline.ts";
import type { StreamModel } from "../stream-model.ts";
import { duration } from "../text.ts";

export type Axis = "time" | "number";

/** From events and chunks to pixels. */
export interface Scale {
  event(event: TimelineEvent): number;
  /** Undefined for a chunk whose place is not known. */
  chunk(chunk: TimelineChunk): number | undefined;
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
}

/** Room for half a mark at either end. */
const MARGIN = 14;

export function createScale(stream: StreamModel, axis: Axis, width: number): Scale {
  const room = Math.max(1, width - 2 * MARGIN);
  return { ...(axis === "time" && stream.timed ? timeScale(stream, room) : numberScale(stream, room)), width };
}

type Ruler = Omit<Scale, "width">;

function timeScale({ timeline, events }: StreamModel, room: number): Ruler {
  const shownAll = events.length === timeline?.total.events;
  const last = Math.max(1, ...[events.at(-1)?.atUs ?? 0, shownAll ? (timeline?.closedUs ?? 0) : 0]);
  const x = (us: number): number => MARGIN + (us / last) * room;
  const step = roundStep(last / Math.max(2, room / 110));
  const ticks = [];
  for (let us = 0; us <= last; us += step) ticks.push({ x: x(us), label: duration(us) });
  return {
    event: ({ atUs }) => x(atUs ?? last),
    chunk: ({ atUs }) => (atUs === undefined || atUs > last ? undefined : x(atUs)),
    ticks,
  };
}

/** By rank, so that what is left out of a long stream takes no room. */
function numberScale({ events }: StreamModel, room: number): Ruler {
  const ranks = new Map(events.map(({ number }, rank) => [number, rank]));
  const last = Math.max(1, events.length - 1);
  const x = (rank: number): number => MARGIN + (rank / last) * room;
  const step = Math.max(1, roundStep(last / Math.max(2, room / 70)));
  const ticks = [];
  for (let rank = 0; rank < events.length; rank += step) {
    ticks.push({ x: x(rank), label: grouped(events[rank]?.number ?? 0) });
  }
  return {
    event: ({ number }) => x(ranks.get(number) ?? 0),
    chunk: ({ events: done }) => {
      const rank = done === 0 ? 0 : ranks.get(done);
      return rank === undefined ? undefined : x(rank);
    },
    ticks,
  };
}

/** The next 1, 2 or 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-9)));
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power;
}
