import type { Finding } from "@ssert/report";
import type { Piece } from "./pieces.ts";
import { reduceList } from "./reduce-list.ts";

type Holds = (pieces: readonly Piece[]) => boolean;

/**
 * Leaves out events. What comes after the finding cannot matter to it, and most faults need little of what came before:
 * first the events that the finding names are tried, with ever more of their neighbours.
 */
export function reduceEvents(pieces: readonly Piece[], target: Finding, holds: Holds): readonly Piece[] {
  const prefix = untilFinding(pieces, target);
  const start = holds(prefix) ? prefix : pieces;
  return reduceList(neighbourhood(start, target, holds), holds);
}

function untilFinding(pieces: readonly Piece[], { event }: Finding): readonly Piece[] {
  return event === undefined ? pieces : pieces.slice(0, indexOfEvent(pieces, event.number) + 1);
}

function indexOfEvent(pieces: readonly Piece[], number: number): number {
  const before = pieces[0]?.event === undefined ? 0 : 1;
  return number - before;
}

function neighbourhood(pieces: readonly Piece[], { event, related = [] }: Finding, holds: Holds): readonly Piece[] {
  const numbers = [
    1,
    ...(event === undefined ? [] : [event.number]),
    ...related.flatMap((other) => other.event?.number ?? []),
  ];
  const named = [
    ...numbers.map((number) => indexOfEvent(pieces, number)),
    ...(event === undefined ? [pieces.length - 1] : []),
  ];
  for (let radius = 0; radius < pieces.length; radius = 2 * radius + 1) {
    const near = pieces.filter((_, index) => named.some((number) => Math.abs(index - number) <= radius));
    if (near.length < pieces.length && holds(near)) return near;
  }
  return pieces;
}
