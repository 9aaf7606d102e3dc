import type { Finding } from "@ssert/report";

/** How many events on each side of a finding's place are kept, so that it can be understood. */
const AROUND = 5;

/** Which events of a stream are kept when it has more than the cap. */
export interface Wanted {
  has(number: number): boolean;
  /** None after this one is wanted. */
  readonly last: number;
}

/** The first events and those around both places of every finding: at most `most`, half of them for the latter if need be. */
export function wantedEvents(findings: readonly Finding[], most: number): Wanted {
  const around = new Set<number>();
  for (const { event, related = [] } of findings) {
    for (const place of [event, ...related.map((other) => other.event)]) {
      if (place !== undefined) addAround(around, place.number, most / 2);
    }
  }
  // The beginning takes what the others leave; those of them that are in it anyway are counted once.
  const ordered = [...around].sort((a, b) => a - b);
  let first = most - ordered.length;
  for (const number of ordered) if (number <= first) first++;
  return { has: (number) => number <= first || around.has(number), last: Math.max(first, ordered.at(-1) ?? 0) };
}

function addAround(numbers: Set<number>, centre: number, most: number): void {
  if (numbers.size + 2 * AROUND + 1 > most) return;
  for (let number = Math.max(1, centre - AROUND); number <= centre + AROUND; number++) numbers.add(number);
}
