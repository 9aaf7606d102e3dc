import type { CoverageItem } from "@ssert/protocol";
import type { SampleStream } from "../streams/sample.ts";
import { type Aim, checkSample, isClean } from "../streams/sample-stream.ts";
import { BEGINNING, type Progress, smallerSamples } from "../streams/shrink.ts";
import { aimsOf } from "./aims.ts";
import { sampleOf } from "./draw.ts";
import { type Covered, type GroupItem, keyOf, type Probe, sent } from "./probe.ts";

/** A stream, and what it is needed for. */
export interface Chosen {
  readonly stream: SampleStream;
  readonly covers: Covered;
}

/** Streams drawn without an aim, before what is still missing is aimed at. */
const UNAIMED = 150;

/** Streams drawn for one missing item; each has another seed and another length. */
const AIMED = 300;

/** Smaller neighbours tried for one stream. */
const MOST_SMALLER = 150;

/** Lengths that leave room for a second instance of everything. */
const SIZES = [6, 12, 25, 45];

/**
 * As few valid streams as cover what is missing, each as small as it can be: drawn, chosen greedily (a cover of least size is
 * NP-hard; greedy is within a factor of ln n of it), then shrunk. The same seed gives the same streams.
 */
export function validStreamsFor(
  probe: Probe,
  missing: readonly GroupItem[],
  transitions: readonly CoverageItem[],
  seed: number,
): readonly Chosen[] {
  const wanted = new Map(missing.map((one) => [keyOf(one.group, one.item), one]));
  const pool = draw(probe, wanted, transitions, seed);
  const chosen = withoutIdle(greedy(pool));
  return shrunk(probe, chosen);
}

function draw(
  probe: Probe,
  wanted: ReadonlyMap<string, GroupItem>,
  transitions: readonly CoverageItem[],
  seed: number,
): readonly Chosen[] {
  const pool: Chosen[] = [];
  const left = new Set(wanted.keys());
  let next = seed;
  const take = (aim: Aim | undefined): void => {
    const size = aim === undefined && next % 2 === 0 ? undefined : SIZES[next % SIZES.length];
    next += 1;
    const stream = sampleOf(probe, { seed: next, size, aim });
    if (stream === undefined) return;
    const covers = intersection(probe.coveredBy(sent(stream)), wanted);
    if (covers.size === 0) return;
    pool.push({ stream, covers });
    for (const key of covers) left.delete(key);
  };
  for (let drawn = 0; drawn < UNAIMED && left.size > 0; drawn += 1) take(undefined);
  for (const key of [...left]) {
    const aims = aimsOf(wanted.get(key), transitions);
    for (let drawn = 0; drawn < AIMED && left.has(key); drawn += 1) take(aims[drawn % aims.length]);
  }
  return pool;
}

function intersection(covered: Covered, wanted: ReadonlyMap<string, unknown>): Covered {
  return new Set([...covered].filter((key) => wanted.has(key)));
}

/** Again and again the stream that covers most of what is left; of equals the shorter. */
function greedy(pool: readonly Chosen[]): readonly Chosen[] {
  const left = new Set(pool.flatMap(({ covers }) => [...covers]));
  const chosen: Chosen[] = [];
  while (left.size > 0) {
    let best: Chosen | undefined;
    let most = 0;
    for (const one of pool) {
      const gain = [...one.covers].filter((key) => left.has(key)).length;
      const shorter = best !== undefined && gain === most && one.stream.events.length < best.stream.events.length;
      if (gain > most || (gain > 0 && shorter)) [best, most] = [one, gain];
    }
    if (best === undefined) break;
    chosen.push(best);
    for (const key of best.covers) left.delete(key);
  }
  return chosen;
}

/** Those chosen first may have become superfluous by those chosen later. */
function withoutIdle(chosen: readonly Chosen[]): readonly Chosen[] {
  let kept = chosen;
  for (const one of chosen) {
    const others = kept.filter((other) => other !== one);
    const covered = new Set(others.flatMap(({ covers }) => [...covers]));
    if ([...one.covers].every((key) => covered.has(key))) kept = others;
  }
  return kept;
}

/** Each is only asked for what none before it covers. */
function shrunk(probe: Probe, chosen: readonly Chosen[]): readonly Chosen[] {
  const covered = new Set<string>();
  const small: Chosen[] = [];
  for (const one of chosen.toSorted((left, right) => left.covers.size - right.covers.size)) {
    const needed = new Set([...one.covers].filter((key) => !covered.has(key)));
    const least = shrink(probe, one, needed);
    for (const key of least.covers) covered.add(key);
    if (needed.size > 0) small.push(least);
  }
  return small;
}

function shrink(probe: Probe, start: Chosen, needed: Covered): Chosen {
  let best = start;
  let progress: Progress | undefined = BEGINNING;
  let tried = 0;
  while (progress !== undefined) {
    const from: Progress = progress;
    progress = undefined;
    for (const smaller of smallerSamples(probe.protocol, best.stream, from)) {
      tried += 1;
      if (tried > MOST_SMALLER) return best;
      if (!isClean(checkSample(probe.protocol, smaller.stream.events))) continue;
      const covers = probe.coveredBy(sent(smaller.stream));
      if (![...needed].every((key) => covers.has(key))) continue;
      best = { stream: smaller.stream, covers: new Set([...start.covers].filter((key) => covers.has(key))) };
      progress = smaller.progress;
      break;
    }
  }
  return best;
}
