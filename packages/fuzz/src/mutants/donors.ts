import type { Protocol } from "@ssert/protocol";
import { FuzzError } from "../error.ts";
import type { KindPlan } from "../streams/plan.ts";
import { indexOf } from "../streams/protocol-index.ts";
import { sampleStream } from "../streams/sample-stream.ts";
import { type Draft, type Edit, edited, keyEdits } from "./draft.ts";
import { parseJson, valueAt } from "./reading/json.ts";
import { type Life, stepAt, type Visit } from "./reading/life.ts";
import { type Reading, readLives } from "./reading/read.ts";

/** An inner event of a kind, in a valid stream of its own: the stream that is to be broken need not have one. */
export interface Donor {
  readonly reading: Reading;
  readonly visit: Visit;
}

/** One donor for each inner event of a kind that can be had. */
export function donorsOf(protocol: Protocol, kind: KindPlan): readonly Donor[] {
  const known = CACHE.get(kind);
  if (known !== undefined) return known;
  const variants = [...(indexOf(protocol).byKind.get(kind)?.inner.values() ?? [])].flat();
  const donors = variants.flatMap(({ label }) => {
    const reading = readingWith(protocol, label);
    const visits = (reading?.frames ?? []).flat().flatMap((frame) => frame.visits);
    const visit = visits.find((candidate) => {
      const alone = candidate.frame.at.length === 0 && candidate.frame.plan.parts.length === 0;
      return (
        alone &&
        candidate.role.scope === kind.scope &&
        candidate.role.kinds[kind.index]?.inner !== undefined &&
        !candidate.opens
      );
    });
    return reading === undefined || visit === undefined ? [] : [{ reading, visit }];
  });
  CACHE.set(kind, donors);
  return donors;
}

/** A kind belongs to one protocol, which never changes. */
const CACHE = new WeakMap<KindPlan, readonly Donor[]>();

/** Any number: the same donors for every run. */
const SEED = 7;

function readingWith(protocol: Protocol, event: string): Reading | undefined {
  try {
    return readLives(protocol, sampleStream(protocol, { seed: SEED, size: 1, aim: { event } }));
  } catch (error) {
    if (error instanceof FuzzError) return undefined;
    throw error;
  }
}

/** The instance and all that it is in, the stream's scope first. */
export function lineOf(life: Life): readonly Life[] {
  return life.parent === undefined ? [life] : [...lineOf(life.parent), life];
}

/** The event of a donor, as if it were in this instance: with its keys and constants. Undefined where they do not fit there. */
export function transplant({ reading, visit }: Donor, life: Life): Draft | undefined {
  const { frame } = visit;
  const line = lineOf(life);
  const event = reading.events[frame.event];
  if (event === undefined) return undefined;
  const draft = edited({ ...event, from: undefined, foreign: { frames: [frame], line } }, adapted(frame.visits, line));
  const data = parseJson(draft.data);
  // A constant may be of another type there than its schema allows here.
  return frame.plan.checks.some((check) => check(data).length > 0) ? undefined : draft;
}

/** Keys and constants that bring an event into other instances than its own. */
function adapted(visits: readonly Visit[], line: readonly Life[]): readonly Edit[] {
  return visits.flatMap((visit) => {
    const life = line.find(({ scope }) => scope === visit.life.scope);
    if (life === undefined) return [];
    const constants = visit.part.constants.flatMap(({ of, at }): readonly Edit[] => {
      const first = firstValue(life, of.name);
      const path = [...visit.frame.at, ...at.tokens];
      return first === undefined || valueAt(visit.frame.data, at.tokens) === undefined ? [] : [{ path, value: first }];
    });
    return [...keyEdits(visit, life.key), ...constants];
  });
}

function firstValue(life: Life, name: string): unknown {
  for (const { part, frame } of life.visits) {
    for (const { of, at } of part.constants) {
      const value = of.name === name ? valueAt(frame.data, at.tokens) : undefined;
      if (value !== undefined && value !== null && value !== "") return value;
    }
  }
  return undefined;
}

/** Before the event at `position`: does the donor's event do nothing but in this instance, and in the step that the stream is in? */
export function staysInside({ visit }: Donor, life: Life, position: number): boolean {
  const [stream] = lineOf(life);
  return visit.frame.visits.every((other) => {
    if (other.role.part !== "own" || other.life.scope === life.scope) return true;
    const inner = other.part.inner;
    if (other.life.parent !== undefined || stream === undefined) return false;
    return inner === undefined || (inner.times === "any" && inner.step === stepAt(stream, position));
  });
}
