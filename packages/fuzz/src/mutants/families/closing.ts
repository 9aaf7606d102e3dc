import type { Protocol } from "@ssert/protocol";
import type { ScopePlan } from "../../streams/plan.ts";
import { draftsOf, label, renumbered } from "../draft.ts";
import { type Breaker, type Breakers, type Fault, firstOf } from "../fault.ts";
import { copyFits, livesIn, removable, siblings } from "../legal.ts";
import { completedAt, type Life, openedAt, type Visit } from "../reading/life.ts";
import type { Reading } from "../reading/read.ts";

/** How a scope ends: too often, or not at all. */
export function closingBreakers({ plan }: Protocol): Breakers {
  return plan.scopes.flatMap((scope): Breakers => {
    const { closed, unclosed } = scope.rules;
    if (scope.parent === undefined) return [[closed.id, appendBehindEnd]];
    return [
      [closed.id, repeatClosing(scope)],
      [unclosed.id, dropLastClosing(scope)],
    ];
  });
}

/** Any event behind the end, unless it may come there, or opens the stream again. */
const appendBehindEnd: Breaker = (reading, dice) => {
  if (reading.end >= reading.events.length) return undefined;
  const { stream } = reading.protocol.plan;
  return firstOf(dice, draftsOf(reading), (draft): Fault | undefined => {
    const frame = reading.frames[draft.from ?? -1]?.[0];
    if (frame === undefined || frame.entry.after || (stream.reuse && frame.plan.stream?.opens !== undefined))
      return undefined;
    const at = reading.events.length;
    return {
      drafts: [...draftsOf(reading), draft],
      at,
      change: `appended a copy of ${label(reading, frame.event)} behind the end`,
    };
  });
};

function repeatClosing(scope: ScopePlan): Breaker {
  return (reading, dice) =>
    firstOf(dice, livesIn(reading, scope), ({ closed, parent }) => {
      if (closed === undefined || parent === undefined) return undefined;
      const { event } = closed.frame;
      const at = event + 1;
      // With its parent it is forgotten.
      if (parent.until < at || !copyFits(reading, event, at, [scope])) return undefined;
      const drafts = draftsOf(reading);
      const draft = drafts[event];
      if (draft === undefined) return undefined;
      return {
        drafts: renumbered(reading, drafts.toSpliced(at, 0, draft)),
        at,
        change: `repeated ${label(reading, event)}, which closes a ${scope.name}`,
      };
    });
}

/** Takes out the closing event of an instance, so that its parent closes over it. */
function dropLastClosing(scope: ScopePlan): Breaker {
  return (reading, dice) =>
    firstOf(dice, livesIn(reading, scope), (life) => {
      const { closed, parent } = life;
      if (closed === undefined || parent === undefined || !isDue(life)) return undefined;
      const { event } = closed.frame;
      const at = completedAt(parent);
      // Without an event that opens it as well, there is nothing to close.
      if (event === openedAt(life)) return undefined;
      if (at === undefined || at <= event || wouldBeMissedEarlier(reading, life)) return undefined;
      if (!removable(reading, new Set([event]), [life])) return undefined;
      return {
        drafts: renumbered(reading, draftsOf(reading).toSpliced(event, 1)),
        at: at - 1,
        change: `took out ${label(reading, event)}, which closes the ${life.kind.name} of event ${openedAt(life) + 1}`,
      };
    });
}

/** Must it be closed? */
function isDue({ kind, visits }: Life): boolean {
  return kind.mustClose === "always" || (kind.mustClose === "inObligation" && visits.some(({ part }) => part.obliges));
}

/**
 * Before its parent closes: something is opened that cannot be while it is open (another rule's matter), or something aborts
 * it (then nothing is asked of it).
 */
function wouldBeMissedEarlier(reading: Reading, life: Life): boolean {
  const { scope, parent, key } = life;
  const later = siblings(life).filter((other) => openedAt(other) >= life.until && other !== life);
  const collides = later.some(
    (other) => !scope.keyed || scope.exclusive || other.key.every((part, index) => part === key[index]),
  );
  return (
    collides ||
    reading.frames
      .slice(life.until + 1)
      .some((frames) => frames.some(({ plan, visits }) => aborts(plan.closing, visits, life, parent)))
  );
}

function aborts(
  closing: Visit["frame"]["plan"]["closing"],
  visits: readonly Visit[],
  life: Life,
  parent: Life | undefined,
): boolean {
  const role = closing.find(({ scope }) => scope === life.scope);
  const here =
    visits.length === 0 ||
    parent === undefined ||
    visits.some((visit) => visit.life === parent) ||
    parent.parent === undefined;
  return role?.kinds[life.kind.index]?.aborts === true && here;
}
