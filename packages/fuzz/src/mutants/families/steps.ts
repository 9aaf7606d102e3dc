import type { Protocol } from "@ssert/protocol";
import type { KindPlan } from "../../streams/plan.ts";
import { donorsOf, staysInside, transplant } from "../donors.ts";
import { draftsOf, label, renumbered } from "../draft.ts";
import { type Breaker, type Breakers, type Fault, firstOf } from "../fault.ts";
import { addsText, copyFits, livesIn, removable, visitsOf } from "../legal.ts";
import { completedAt, type Life, type Visit } from "../reading/life.ts";
import type { Reading } from "../reading/read.ts";

type InnerPlan = KindPlan["steps"][number][number];

/** Which inner events an instance has, how often, and in which order. */
export function stepBreakers(protocol: Protocol): Breakers {
  return protocol.plan.scopes.flatMap(({ kinds }) =>
    kinds.flatMap((kind): Breakers => {
      const inner = kind.steps.flat();
      const required = inner.filter(({ times }) => times === "once" || times === "some");
      const single = inner.filter(({ times }) => times === "once" || times === "optional");
      return [
        ...required.flatMap(
          (wanted): Breakers => [
            [kind.missing.id, dropAll(kind, wanted)],
            [kind.missing.id, closeBefore(kind, wanted)],
          ],
        ),
        ...single.map((wanted): Breakers[number] => [kind.repeated.id, copyInner(kind, wanted)]),
        [kind.outOfOrder.id, copyBehindLater(kind)],
        [kind.outOfOrder.id, insertBehindLater(protocol, kind)],
        [kind.outOfOrder.id, moveWholeInstance(kind)],
      ];
    }),
  );
}

function livesOf(reading: Reading, kind: KindPlan): readonly Life[] {
  return livesIn(reading, kind.scope).filter((life) => life.kind === kind);
}

/** The inner events of one sort; the event that opened the instance is none of them. */
function innerVisits(life: Life, wanted: InnerPlan): readonly Visit[] {
  return life.visits.filter(({ part, opens }) => part.inner === wanted && !opens);
}

/** Index of the event at which it shows that an inner event has not come. */
function missedAt(life: Life, wanted: InnerPlan): number | undefined {
  const later = life.visits.find(
    ({ part, opens }) => !opens && part.inner !== undefined && part.inner.step > wanted.step,
  );
  return later?.frame.event ?? completedAt(life);
}

/** Without any event that must come. What another scope then no longer asks to be closed goes, too. */
function dropAll(kind: KindPlan, wanted: InnerPlan): Breaker {
  return (reading, dice) =>
    firstOf(dice, livesOf(reading, kind), (life) => {
      const visits = innerVisits(life, wanted);
      const at = missedAt(life, wanted);
      // What also opens something, in this scope or another, is more than an inner event.
      if (visits.length === 0 || at === undefined || !isOnlyMissing(life, wanted)) return undefined;
      const gone = new Set(visits.map(({ frame }) => frame.event));
      if (gone.has(at)) return undefined;
      for (const event of [...gone]) for (const closing of noLongerDue(reading, event, life)) gone.add(closing);
      if (gone.has(at) || !removable(reading, gone, [life]) || joinsSuffer(life, gone)) return undefined;
      const drafts = draftsOf(reading).filter((_, index) => !gone.has(index));
      const earlier = [...gone].filter((event) => event < at).length;
      const dropped = [...gone].toSorted((left, right) => left - right).map((event) => label(reading, event));
      return { drafts: renumbered(reading, drafts), at: at - earlier, change: `took out ${dropped.join(", ")}` };
    });
}

/** Of the events that a step must have, another is reported first if it is missing, too. */
function isOnlyMissing(life: Life, wanted: InnerPlan): boolean {
  return innerVisits(life, wanted).every(({ part }) => !part.closes);
}

/** Closings of other instances that only had to be closed because of this event. */
function noLongerDue(reading: Reading, event: number, except: Life): readonly number[] {
  return visitsOf(reading, event).flatMap(({ life, part }) => {
    const only = life.visits.filter((visit) => visit.part.obliges).length === 1;
    if (life === except || !part.obliges || !only || life.kind.mustClose !== "inObligation") return [];
    return life.closed === undefined ? [] : [life.closed.frame.event];
  });
}

/** Pieces of a joined value went, and it is still compared. */
function joinsSuffer(life: Life, gone: ReadonlySet<number>): boolean {
  const lost = life.visits.filter((visit) => gone.has(visit.frame.event) && addsText(visit));
  const kept = life.visits.filter((visit) => !gone.has(visit.frame.event) && addsText(visit));
  return lost.some(({ part }) =>
    part.joinedOf.some(({ of }) => kept.some((visit) => visit.part.joinedOf.some((other) => other.of === of))),
  );
}

/** The closing event comes before an event that must come. */
function closeBefore(kind: KindPlan, wanted: InnerPlan): Breaker {
  return (reading, dice) => {
    // A warning repairs nothing: what comes late would be an orphan besides.
    if (kind.missing.severity !== "error") return undefined;
    return firstOf(dice, livesOf(reading, kind), (life): Fault | undefined => {
      const [visit, second] = innerVisits(life, wanted);
      const { closed } = life;
      if (visit === undefined || second !== undefined || closed === undefined || closed.opens) return undefined;
      const { event } = closed.frame;
      const at = visit.frame.event;
      // Only the late event is excused, and only if nothing else of the instance comes late with it.
      if (life.visits.some(({ frame }) => frame.event > at && frame.event !== event)) return undefined;
      // What is in it must have ended by then.
      if (life.children.some((child) => child.until >= at && child.kind.close.length > 0)) return undefined;
      if (at >= event || !copyFits(reading, event, at, [life.scope])) return undefined;
      const drafts = draftsOf(reading);
      const moved = drafts[event];
      if (moved === undefined) return undefined;
      return {
        drafts: renumbered(reading, drafts.toSpliced(event, 1).toSpliced(at, 0, moved)),
        at,
        change: `moved ${label(reading, event)} before ${label(reading, at)}`,
      };
    });
  };
}

/** A second one of what comes once. */
function copyInner(kind: KindPlan, wanted: InnerPlan): Breaker {
  return (reading, dice) => {
    const candidates = livesOf(reading, kind).flatMap((life) => innerVisits(life, wanted));
    return firstOf(dice, candidates, (visit) => {
      const { event } = visit.frame;
      const at = event + 1;
      if (visit.part.closes || visit.life.until < at || !copyFits(reading, event, at, [kind.scope])) return undefined;
      return insertCopy(reading, visit, at, kind.repeated.severity);
    });
  };
}

/** A copy of an earlier event behind a later one. */
function copyBehindLater(kind: KindPlan): Breaker {
  return (reading, dice) =>
    firstOf(dice, livesOf(reading, kind), (life) => {
      const later = life.visits.filter(({ part, opens }) => !opens && (part.inner?.step ?? 0) > 0);
      return firstOf(dice, later, ({ frame, part }) => {
        const at = frame.event + 1;
        const earlier = life.visits.filter(
          (visit) =>
            !visit.opens &&
            visit.part.inner !== undefined &&
            visit.part.inner.step < (part.inner?.step ?? 0) &&
            visit.frame.event < at,
        );
        return firstOf(dice, earlier, (visit) => {
          const once = visit.part.inner?.times === "once" || visit.part.inner?.times === "optional";
          // A warning does not mute what else the copy breaks.
          if (once && kind.outOfOrder.severity !== "error" && kind.repeated.severity !== "off") return undefined;
          if (life.until < at || !copyFits(reading, visit.frame.event, at, [kind.scope])) return undefined;
          return insertCopy(reading, visit, at, kind.outOfOrder.severity);
        });
      });
    });
}

/** The same with an event of another stream: this one need not have an earlier one. */
function insertBehindLater(protocol: Protocol, kind: KindPlan): Breaker {
  return (reading, dice) => {
    // A warning does not mute what else the new event may break.
    if (kind.outOfOrder.severity !== "error") return undefined;
    return firstOf(dice, livesOf(reading, kind), (life) => {
      const later = life.visits.filter(({ part, opens }) => !opens && (part.inner?.step ?? 0) > 0);
      return firstOf(dice, later, ({ frame, part }) =>
        firstOf(dice, donorsOf(protocol, kind), (donor) => {
          const at = frame.event + 1;
          const step = donor.visit.role.kinds[kind.index]?.inner?.step;
          if (step === undefined || step >= (part.inner?.step ?? 0) || life.until < at || !staysInside(donor, life, at))
            return undefined;
          const draft = transplant(donor, life);
          if (draft === undefined) return undefined;
          return {
            drafts: renumbered(reading, draftsOf(reading).toSpliced(at, 0, draft)),
            at,
            change: `put a new ${donor.visit.frame.name} behind ${label(reading, frame.event)}`,
          };
        }),
      );
    });
  };
}

function insertCopy(reading: Reading, visit: Visit, at: number, severity: string): Fault | undefined {
  const { event } = visit.frame;
  const draft = draftsOf(reading)[event];
  // After an error the joined values of the instance are no longer judged; after a warning they are, and would have a piece too many.
  if (draft === undefined || (severity !== "error" && addsText(visit))) return undefined;
  return {
    drafts: renumbered(reading, draftsOf(reading).toSpliced(at, 0, draft)),
    at,
    change: `copied ${label(reading, event)} behind ${label(reading, at - 1)}`,
  };
}

/** An instance that was opened by an event of an earlier step comes as a whole behind a later one. */
function moveWholeInstance(kind: KindPlan): Breaker {
  return (reading, dice) => {
    const children = livesOf(reading, kind).flatMap((life) => life.children);
    return firstOf(dice, children, (child) => {
      const life = child.parent;
      const opening = life?.visits.find(({ frame }) => frame === child.visits[0]?.frame);
      const step = opening?.part.inner?.step;
      if (life === undefined || step === undefined || child.closed === undefined) return undefined;
      // The last of its parent, so that keys go on counting; alone, so that no other instance is torn apart.
      if (life.children.at(-1) !== child) return undefined;
      const events = new Set(child.visits.map(({ frame }) => frame.event));
      const later = life.visits.filter(
        ({ frame, part, opens }) => !opens && (part.inner?.step ?? 0) > step && frame.event > child.until,
      );
      if (
        [...events].some((event) =>
          visitsOf(reading, event).some((visit) => visit.life !== child && visit.life.parent === life),
        )
      )
        return undefined;
      return firstOf(dice, later, ({ frame }) => {
        const moved = draftsOf(reading).filter((_, index) => events.has(index));
        const rest = draftsOf(reading).filter((_, index) => !events.has(index));
        const at = frame.event + 1 - events.size;
        if (isAborting(frame.plan, child)) return undefined;
        return {
          drafts: renumbered(reading, rest.toSpliced(at, 0, ...moved)),
          at,
          change: `moved the ${child.kind.name} of ${label(reading, child.until)} behind ${label(reading, frame.event)}`,
        };
      });
    });
  };
}

function isAborting(plan: Visit["frame"]["plan"], { scope, kind }: Life): boolean {
  return plan.closing.some((role) => role.scope === scope && role.kinds[kind.index]?.aborts === true);
}
