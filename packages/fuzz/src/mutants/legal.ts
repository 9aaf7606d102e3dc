import type { Role, ScopePlan } from "../streams/plan.ts";
import { type Path, valueAt } from "./reading/json.ts";
import { completedAt, type Frame, isOpenAt, type Life, openedAt, stepAt, type Visit } from "./reading/life.ts";
import type { Reading } from "./reading/read.ts";

/*
 * Would a change be a fault anywhere but where it is meant to be one? A mutant counts for its rule only if it would not.
 */

/** Every visit of an event: its own, and those of its parts. */
export function visitsOf(reading: Reading, event: number): readonly Visit[] {
  return (reading.frames[event] ?? []).flatMap((frame) => frame.visits);
}

/** Everything that an event does in instances is done by these frames alone. */
export function framesAtWork(reading: Reading, event: number): readonly Frame[] {
  return (reading.frames[event] ?? []).filter((frame) =>
    frame.visits.some(({ role, life }) => role.part === "own" && life.parent !== undefined),
  );
}

/**
 * May a copy of an event stand before the event at `position`, as far as all scopes but these are concerned? It opens and
 * closes nothing there, it comes as often as it likes in the step that is reached, and it adds to no joined value.
 */
export function copyFits(reading: Reading, event: number, position: number, except: readonly ScopePlan[]): boolean {
  if (position > reading.end || abortsAt(reading, event, position)) return false;
  return visitsOf(reading, event).every((visit) => except.includes(visit.life.scope) || visitFits(visit, position));
}

/** Would the event end instances that are open before the event at `position`, unless they are closed by it anyway? */
function abortsAt(reading: Reading, event: number, position: number): boolean {
  return aborting(reading, event).some((role) =>
    reading.lives.some(
      (life) => life.scope === role.scope && isOpenAt(life, position) && role.kinds[life.kind.index]?.aborts === true,
    ),
  );
}

/** What an event does in the scopes whose instances it aborts; the stream's is not among them. */
function aborting(reading: Reading, event: number): readonly Role[] {
  const roles = (reading.frames[event] ?? []).flatMap(({ plan }) => plan.closing);
  return roles.filter(({ aborts, scope }) => aborts && scope.parent !== undefined);
}

function visitFits(visit: Visit, position: number): boolean {
  const { life, part, role, opens } = visit;
  if (opens || part.closes || role.aborts || !isOpenAt(life, position) || addsText(visit)) return false;
  const { inner } = part;
  if (role.part !== "own" || inner === undefined) return true;
  return (inner.times === "any" || inner.times === "some") && inner.step === stepAt(life, position);
}

/** Does the event hand over a piece of a joined value? */
export function addsText({ frame, part }: Visit): boolean {
  return part.joinedOf.some(({ at }) => isText(valueAt(frame.data, at.tokens)));
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/**
 * May these events be taken out, as far as everything but these instances is concerned? They open nothing that stays, close
 * nothing, are no piece of what is compared, and nothing misses them.
 */
export function removable(reading: Reading, events: ReadonlySet<number>, except: readonly Life[]): boolean {
  // What they abort would go on.
  if (
    [...events].some((event) =>
      reading.lives.some((life) => life.aborted && life.until === event && life.parent !== undefined),
    )
  )
    return false;
  const visits = [...events].flatMap((event) => visitsOf(reading, event));
  return visits.every((visit) => except.includes(visit.life) || isSpare(visit, events));
}

function isSpare(visit: Visit, events: ReadonlySet<number>): boolean {
  const { life, opens, part } = visit;
  const gone = (at: Visit): boolean => events.has(at.frame.event);
  if (life.visits.every(gone)) return !leavesGap(life, gone);
  if (opens || life.closed === visit) return false;
  if (addsText(visit) && !textIsUnchecked(visit, events)) return false;
  const { inner } = part;
  if (inner === undefined || inner.times === "any" || inner.times === "optional") return true;
  return (
    life.visits.some((at) => at.part.inner === inner && !at.opens && !gone(at)) || !isAsked(life, inner.step, gone)
  );
}

/** Would instances that are numbered, and opened later, miss this one in their count? */
function leavesGap(life: Life, gone: (visit: Visit) => boolean): boolean {
  if (life.scope.numbered === undefined) return false;
  return siblings(life).some((other) => openedAt(other) > openedAt(life) && !other.visits.every(gone));
}

/** Will anything ask for the events of a step? */
function isAsked(life: Life, step: number, gone: (visit: Visit) => boolean): boolean {
  return (
    completedAt(life) !== undefined || life.visits.some((visit) => !gone(visit) && (visit.part.inner?.step ?? 0) > step)
  );
}

/** All pieces go, or nothing that they are held against stays: joined to nothing, there is nothing to compare. */
function textIsUnchecked(visit: Visit, events: ReadonlySet<number>): boolean {
  return visit.part.joinedOf.every(({ of }) => {
    const stays = visit.life.visits.filter(({ frame }) => !events.has(frame.event));
    const pieces = stays.some(({ frame, part }) =>
      part.joinedOf.some((reading) => reading.of === of && isText(valueAt(frame.data, reading.at.tokens))),
    );
    const held = stays.some(({ part }) => part.joinedAt.some((reading) => reading.of === of));
    return !pieces || !(held || visit.life.kind.joinedAtClose.includes(of));
  });
}

/** Other instances of the scope in the same parent. */
export function siblings({ parent, scope }: Life): readonly Life[] {
  return (parent?.children ?? []).filter((other) => other.scope === scope);
}

/** A key that no instance in the parent has; a number is the one after the highest, so that it follows in the count. */
export function freshKey(scope: ScopePlan, parent: Life | undefined, key: readonly unknown[]): readonly unknown[] {
  const used = (parent?.children ?? []).filter((life) => life.scope === scope).map((life) => life.key);
  return key.map((part, index) => {
    const taken = used.map((other) => other[index]);
    const numbers = taken.filter((value) => typeof value === "number");
    if (typeof part === "number") return Math.max(...numbers, part) + (scope.numbered?.step ?? 1);
    if (typeof part !== "string") return part;
    let fresh = `${part}-x`;
    while (taken.includes(fresh)) fresh += "x";
    return fresh;
  });
}

/** The lives of a scope (of one of its kinds, if given) that a mutation may choose from. */
export function livesIn(reading: Reading, scope: ScopePlan): readonly Life[] {
  return reading.lives.filter((life) => life.scope === scope);
}

/** Is the value at a path, or one in it, the type or the subtype of its event, or a key? Then other rules read it first. */
export function decidesWhatItIs(reading: Reading, frame: Frame, path: Path): boolean {
  const type = reading.protocol.plan.candidates.flatMap((candidate) =>
    frame.at.length > 0
      ? []
      : candidate.by === "pointer"
        ? [candidate.pointer]
        : candidate.by === "key"
          ? [candidate.has]
          : [],
  );
  const subtype = frame.entry.subtype === undefined ? [] : [frame.entry.subtype];
  const keys = frame.visits.flatMap(({ role }) => role.key.flatMap((pointer) => pointer ?? []));
  return [...type, ...subtype, ...keys].some(({ tokens }) =>
    tokens.every((token, index) => (path[index] ?? token) === token),
  );
}
