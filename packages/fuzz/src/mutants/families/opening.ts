import type { Protocol } from "@ssert/protocol";
import type { ScopePlan } from "../../streams/plan.ts";
import { draftsOf, edited, keyEdits, label, renamed, renumbered } from "../draft.ts";
import { type Breaker, type Breakers, type Fault, firstOf, range } from "../fault.ts";
import { copyFits, decidesWhatItIs, framesAtWork, freshKey, livesIn, siblings, visitsOf } from "../legal.ts";
import { propertyPaths, without } from "../reading/json.ts";
import { isOpenAt, type Life, openedAt, type Visit } from "../reading/life.ts";
import type { Reading } from "../reading/read.ts";

/** How a scope opens: what comes before it does, and what opens it again. */
export function openingBreakers({ plan }: Protocol): Breakers {
  return plan.scopes.flatMap((scope): Breakers => {
    const { notOpen, alreadyOpen, overlap, reopened } = scope.rules;
    if (scope.parent === undefined) {
      return [
        [notOpen.id, dropOpening],
        [alreadyOpen.id, copyOpening(scope)],
      ];
    }
    return [
      [notOpen.id, copyOrphan(scope)],
      [alreadyOpen.id, copyOpening(scope)],
      [alreadyOpen.id, renameTo(scope, (older, at) => isOpenAt(older, at))],
      [overlap.id, moveClosing(scope)],
      [overlap.id, dropClosing(scope)],
      [reopened.id, renameTo(scope, (older, at) => older.until < at)],
      ...scope.kinds.flatMap(
        (kind): Breakers =>
          kind.opening === undefined ? [] : [[kind.opening.rule.id, breakOpening(scope, kind.opening.owner)]],
      ),
    ];
  });
}

/** The stream begins with the first event that cannot open it. */
function dropOpening(reading: Reading): Fault | undefined {
  const first = reading.frames.findIndex(([frame]) => frame !== undefined && frame.plan.stream?.opens === undefined);
  if (first <= 0) return undefined;
  const dropped = range(0, first - 1);
  // What else they open would have to be missed, too; and an event before the opening is none that can be ignored.
  const opened = dropped
    .flatMap((index) => visitsOf(reading, index))
    .filter(({ opens, life }) => opens && life.parent !== undefined);
  const isMissed = (life: Life): boolean =>
    [life, ...siblings(life)].some((other) => other.visits.some(({ frame }) => frame.event >= first));
  if (opened.some(({ life }) => isMissed(life))) return undefined;
  return {
    drafts: renumbered(reading, draftsOf(reading).slice(first)),
    at: 0,
    change: `took everything before ${label(reading, first)}, which cannot open the stream`,
  };
}

/** A copy of an inner or closing event of the scope alone, under a fresh key, or where nothing is open. */
function copyOrphan(scope: ScopePlan): Breaker {
  return (reading, dice) => {
    const candidates = livesIn(reading, scope).flatMap(({ visits }) => visits.filter(isOnlyInner));
    return firstOf(dice, candidates, (visit) => {
      const { life, frame } = visit;
      const { parent } = life;
      if (parent === undefined) return undefined;
      const free = range(openedAt(parent) + 1, Math.min(parent.until, reading.end)).filter((position) => {
        const open = siblings(life).some((other) => isOpenAt(other, position));
        return (scope.keyed || !open) && copyFits(reading, frame.event, position, [scope]);
      });
      if (free.length === 0) return undefined;
      const at = dice.pick(free);
      const drafts = draftsOf(reading);
      const draft = drafts[frame.event];
      if (draft === undefined) return undefined;
      const copy = edited(draft, keyEdits(visit, freshKey(scope, parent, life.key)));
      return {
        drafts: renumbered(reading, drafts.toSpliced(at, 0, copy)),
        at,
        change: `copied ${label(reading, frame.event)} before event ${at + 1}, where no ${scope.name} is open for it`,
      };
    });
  };
}

/** An inner or closing event that cannot open the scope, and does nothing in any other but to be in it. */
function isOnlyInner({ role, opens, frame, life }: Visit): boolean {
  return (
    !opens &&
    role.part === "own" &&
    role.opens === undefined &&
    frame.at.length === 0 &&
    frame.plan.parts.length === 0 &&
    life.parent !== undefined
  );
}

/** A copy of an opening event in what it has opened; whatever else it opens gets a fresh key. */
function copyOpening(scope: ScopePlan): Breaker {
  return (reading, dice) => {
    const candidates = livesIn(reading, scope);
    return firstOf(dice, candidates, (life) => {
      const [visit] = life.visits;
      // An event that also goes on with what is open does so.
      if (
        visit === undefined ||
        !visit.role.opensOnly ||
        visit.frame.at.length > 0 ||
        visit.frame.plan.parts.length > 0
      )
        return undefined;
      const { event } = visit.frame;
      const others = visitsOf(reading, event).filter((other) => other.opens && other.life !== life);
      // With a key that something else has, too, it opens that again as well; without a key, where nothing of it is open.
      if (others.some((other) => !other.life.scope.keyed || sharesKey(visit, other))) return undefined;
      // In a scope without keys whatever is open is opened again.
      const open = scope.keyed ? [life] : siblingsOrItself(life);
      const except = [scope, ...others.map((other) => other.life.scope)];
      const positions = range(1, reading.end).filter(
        (position) =>
          open.some((at) => isOpenAt(at, position)) &&
          copyFits(reading, event, position, except) &&
          isParentOpen(life, position),
      );
      if (positions.length === 0) return undefined;
      const at = dice.pick(positions);
      const drafts = draftsOf(reading);
      const draft = drafts[event];
      if (draft === undefined) return undefined;
      const fresh = others.flatMap((other) =>
        keyEdits(other, freshKey(other.life.scope, other.life.parent, other.life.key)),
      );
      return {
        drafts: renumbered(reading, drafts.toSpliced(at, 0, edited(draft, fresh))),
        at,
        change: `copied ${label(reading, event)} before event ${at + 1}, where a ${scope.name} is still open`,
      };
    });
  };
}

function siblingsOrItself(life: Life): readonly Life[] {
  return life.parent === undefined ? [life] : siblings(life);
}

function isParentOpen({ parent }: Life, position: number): boolean {
  return parent === undefined || isOpenAt(parent, position);
}

function sharesKey(left: Visit, right: Visit): boolean {
  const pointers = left.role.key.map((pointer) => pointer?.text);
  return right.role.key.some((pointer) => pointer !== undefined && pointers.includes(pointer.text));
}

/** A later instance goes by the key of an older one, which is still open, or closed for good. */
function renameTo(scope: ScopePlan, wanted: (older: Life, at: number) => boolean): Breaker {
  return (reading, dice) => {
    if (!scope.keyed) return undefined;
    return firstOf(dice, livesIn(reading, scope), (life) => {
      const [visit] = life.visits;
      // An event that also goes on with what is open does not open it again.
      if (visit === undefined || !visit.role.opensOnly) return undefined;
      const at = openedAt(life);
      const older = siblings(life).filter((other) => openedAt(other) < at && wanted(other, at));
      if (older.length === 0) return undefined;
      const { key } = dice.pick(older);
      return {
        drafts: renamed(draftsOf(reading), life, key),
        at,
        change: `gave the ${scope.name} of ${label(reading, at)} the key ${JSON.stringify(key)} of an earlier one`,
      };
    });
  };
}

/** An instance of an exclusive scope goes on until the next has begun. */
function moveClosing(scope: ScopePlan): Breaker {
  return closingAndNext(scope, (reading, closing, next) => {
    const drafts = draftsOf(reading);
    const moved = drafts[closing];
    // The event that closes it goes behind one that opens another: it must be able to stand there.
    if (moved === undefined || !copyFits(reading, closing, next + 1, [scope])) return undefined;
    return {
      drafts: renumbered(reading, drafts.toSpliced(next + 1, 0, moved).toSpliced(closing, 1)),
      at: next - 1,
      change: `moved ${label(reading, closing)} behind ${label(reading, next)}`,
    };
  });
}

function dropClosing(scope: ScopePlan): Breaker {
  return closingAndNext(scope, (reading, closing, next) => {
    return {
      drafts: renumbered(reading, draftsOf(reading).toSpliced(closing, 1)),
      at: next - 1,
      change: `took out ${label(reading, closing)}, so that the ${scope.name} is open when ${label(reading, next)} opens another`,
    };
  });
}

function closingAndNext(
  scope: ScopePlan,
  make: (reading: Reading, closing: number, next: number) => Fault | undefined,
): Breaker {
  return (reading, dice) => {
    if (!scope.exclusive) return undefined;
    return firstOf(dice, livesIn(reading, scope), (life) => {
      const { closed } = life;
      const next = siblings(life).find((other) => openedAt(other) > life.until);
      // The event must do nothing but close it.
      if (
        closed === undefined ||
        next === undefined ||
        closed.opens ||
        framesAtWork(reading, closed.frame.event).length > 1
      )
        return undefined;
      const owned = closed.frame.visits.filter(
        ({ role, life: { parent } }) => role.part === "own" && parent !== undefined,
      );
      if (owned.length > 1) return undefined;
      return make(reading, closed.frame.event, openedAt(next));
    });
  };
}

/** Drops what only the opening event must have. */
function breakOpening(scope: ScopePlan, owner: string): Breaker {
  return (reading, dice) => {
    const candidates = livesIn(reading, scope).filter(({ kind }) => kind.opening?.owner === owner);
    return firstOf(dice, candidates, (life) => {
      const frame = life.visits[0]?.frame;
      const opening = life.kind.opening;
      if (frame === undefined || opening === undefined) return undefined;
      return firstOf(dice, propertyPaths(frame.data), (path) => {
        const data = without(frame.data, path);
        // What every event of the type must have is not the opening's alone; nor is what the event is.
        if (decidesWhatItIs(reading, frame, path) || frame.plan.checks.some((check) => check(data).length > 0))
          return undefined;
        if (opening.check(data).length === 0) return undefined;
        const drafts = draftsOf(reading);
        const draft = drafts[frame.event];
        if (draft === undefined) return undefined;
        return {
          drafts: drafts.with(frame.event, edited(draft, [{ path: frame.at, value: data }])),
          at: frame.event,
          change: `dropped /${[...frame.at, ...path].join("/")} of ${label(reading, frame.event)}, which opens a ${scope.name}`,
        };
      });
    });
  };
}
