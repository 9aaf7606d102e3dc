import type { Protocol } from "@ssert/protocol";
import type { SampleEvent } from "../streams/sample.ts";
import { type Path, parseJson, toJson, valueAt, withValue } from "./reading/json.ts";
import type { Frame, Life, Visit } from "./reading/life.ts";
import type { Reading } from "./reading/read.ts";

/** An event of a stream that is being broken. */
export interface Draft extends SampleEvent {
  /** Index of the event of the valid stream that it is, or is a copy of; undefined for a new one. */
  readonly from: number | undefined;
  /** An event of another stream: what it is there, and the instances that it is put into here. */
  readonly foreign?: { readonly frames: readonly Frame[]; readonly line: readonly Life[] };
}

export function draftsOf({ events }: Reading): readonly Draft[] {
  return events.map((event, from) => ({ ...event, from }));
}

/** A value somewhere in an event. */
export interface Edit {
  readonly path: Path;
  readonly value: unknown;
}

/** The event with other values; its text stays as it is where nothing changes. */
export function edited(draft: Draft, edits: readonly Edit[]): Draft {
  let data = parseJson(draft.data);
  let changed = false;
  for (const { path, value } of edits) {
    if (valueAt(data, path) === value) continue;
    data = withValue(data, path, value);
    changed = true;
  }
  return changed ? { ...draft, data: toJson(data) } : draft;
}

/** Where the key of an instance is on an event, each part with its new value. */
export function keyEdits({ frame, role }: Visit, key: readonly unknown[]): readonly Edit[] {
  return role.key.flatMap((pointer, index) => {
    const value = key[index];
    return pointer === undefined || value === null || value === undefined
      ? []
      : [{ path: [...frame.at, ...pointer.tokens], value }];
  });
}

/**
 * The stream with another key for one instance, on every event that it has. What must be the same as the key on other events,
 * because another instance has it as a constant, goes with it.
 */
export function renamed(drafts: readonly Draft[], life: Life, key: readonly unknown[]): readonly Draft[] {
  const edits = new Map<number, Edit[]>();
  const add = (visit: Visit, own: readonly Edit[]): void => {
    edits.set(visit.frame.event, [...(edits.get(visit.frame.event) ?? []), ...own]);
  };
  for (const visit of life.visits) {
    if (!visit.keyed) continue;
    const own = keyEdits(visit, key);
    add(visit, own);
    for (const { path, value } of own) {
      for (const other of visit.frame.visits)
        for (const alike of constantsAt(other, path)) add(alike.visit, [{ path: alike.path, value }]);
    }
  }
  return drafts.map((draft) => {
    const own = draft.from === undefined ? undefined : edits.get(draft.from);
    return own === undefined ? draft : edited(draft, own);
  });
}

/** Every place where an instance has the constant that an event has at this path. */
function constantsAt(
  { frame, part, life }: Visit,
  path: Path,
): readonly { readonly visit: Visit; readonly path: Path }[] {
  const constants = part.constants.filter(({ at }) => samePath([...frame.at, ...at.tokens], path)).map(({ of }) => of);
  return life.visits.flatMap((visit) =>
    visit.part.constants.flatMap(({ of, at }) => {
      const value = valueAt(visit.frame.data, at.tokens);
      const has = constants.includes(of) && value !== undefined && value !== null && value !== "";
      return has ? [{ visit, path: [...visit.frame.at, ...at.tokens] }] : [];
    }),
  );
}

function samePath(left: Path, right: Path): boolean {
  return left.length === right.length && left.every((token, index) => token === right[index]);
}

/**
 * Counters count on after an event was put in, taken out or moved: the change was about something else. Where the count only
 * has to go up, only a value that does not is changed.
 */
export function renumbered(reading: Reading, drafts: readonly Draft[]): readonly Draft[] {
  const counts = new Map<Life, Map<number, number>>();
  return drafts.map((draft) => {
    const frames = draft.foreign?.frames ?? (draft.from === undefined ? [] : (reading.frames[draft.from] ?? []));
    const visits = frames.flatMap((frame) => frame.visits).filter(({ part }) => part.counters.length > 0);
    const edits = visits.flatMap((visit) => {
      const here = draft.foreign?.line.find(({ scope }) => scope === visit.life.scope);
      return countEdits(here === undefined ? visit : { ...visit, life: here }, counts);
    });
    return edits.length === 0 ? draft : edited(draft, edits);
  });
}

function countEdits({ frame, life, part }: Visit, counts: Map<Life, Map<number, number>>): readonly Edit[] {
  const ofLife = counts.get(life) ?? new Map<number, number>();
  counts.set(life, ofLife);
  return part.counters.flatMap(({ of, at }) => {
    const value = valueAt(frame.data, at.tokens);
    if (typeof value !== "number") return [];
    const before = ofLife.get(of.slot);
    const first = before ?? firstValue(life, of.slot);
    const next = before === undefined ? first : of.step === "up" ? Math.max(value, before + 1) : before + of.step;
    ofLife.set(of.slot, next);
    return [{ path: [...frame.at, ...at.tokens], value: next }];
  });
}

function firstValue(life: Life, slot: number): number {
  for (const { frame, part } of life.visits) {
    for (const { of, at } of part.counters) {
      const value = of.slot === slot ? valueAt(frame.data, at.tokens) : undefined;
      if (typeof value === "number") return value;
    }
  }
  return 0;
}

/** `event 5 (text.delta)`: an event in the words of a change. Events count from 1. */
export function label(reading: Reading, event: number): string {
  const name = reading.frames[event]?.[0]?.name;
  return `event ${event + 1}${name === undefined ? "" : ` (${name})`}`;
}

/** The types that the protocol names, without subtypes and prefixes. */
export function knownTypes({ definition }: Protocol): readonly string[] {
  return Object.keys(definition.events).filter((name) => !/[*[]/.test(name));
}
