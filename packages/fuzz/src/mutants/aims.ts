import type { Protocol } from "@ssert/protocol";
import type { KindPlan } from "../streams/plan.ts";
import { indexOf } from "../streams/protocol-index.ts";
import type { Aim } from "../streams/sample-stream.ts";

type InnerPlan = KindPlan["steps"][number][number];

/** Two events of a kind, one straight behind the other: much of what can be broken needs such a pair. */
interface KindAim extends Aim {
  readonly kind: KindPlan;
}

/** What streams to break may be drawn with, besides by chance. */
export function aimsOf(protocol: Protocol): readonly KindAim[] {
  let aims = CACHE.get(protocol);
  if (aims === undefined) {
    aims = [...indexOf(protocol).byKind].flatMap(([kind, { opening, closing, inner }]) => {
      const insides = kind.steps
        .flat()
        .flatMap((plan) => (inner.get(plan.pattern) ?? []).map(({ label }) => ({ label, plan })));
      const pairs = insides.flatMap((event) => [
        ...opening.filter(() => mayBeFirst(kind, event.plan)).map(({ label }) => [event.label, label] as const),
        ...insides
          .filter((before) => mayFollow(event.plan, before.plan))
          .map(({ label }) => [event.label, label] as const),
      ]);
      const lasts = insides.filter(({ plan }) => mayBeLast(kind, plan));
      const ends = closing.flatMap((end) => lasts.map(({ label }) => [end.label, label] as const));
      const again = opening.flatMap((start) => closing.map(({ label }) => [start.label, label] as const));
      return [...pairs, ...ends, ...again].map(([event, after]) => ({ kind, event, after }));
    });
    CACHE.set(protocol, aims);
  }
  return aims;
}

/** Nothing that must come before it is passed over. */
function mayBeFirst({ steps }: KindPlan, { step }: InnerPlan): boolean {
  return !steps.slice(0, step).flat().some(isRequired);
}

function mayFollow(event: InnerPlan, before: InnerPlan): boolean {
  if (event === before) return event.times === "any" || event.times === "some";
  return event.step >= before.step;
}

/** Nothing that must come is still to come. */
function mayBeLast({ steps }: KindPlan, { step }: InnerPlan): boolean {
  return !steps
    .slice(step + 1)
    .flat()
    .some(isRequired);
}

function isRequired({ times }: InnerPlan): boolean {
  return times === "once" || times === "some";
}

const CACHE = new WeakMap<Protocol, readonly KindAim[]>();

/** The indices of the aims that may help to break a rule: those of the kinds, or of all kinds of the scope, that it is about. */
export function aimsFor(protocol: Protocol, rule: string): readonly number[] {
  const indices = [...aimsOf(protocol).entries()];
  const own = indices.filter(([, { kind }]) => rulesOf(kind).includes(rule));
  const wide = indices.filter(([, { kind }]) => Object.values(kind.scope.rules).some(({ id }) => id === rule));
  return (own.length > 0 ? own : wide).map(([index]) => index);
}

function rulesOf({ missing, repeated, outOfOrder, opening, constants, counters, joined }: KindPlan): readonly string[] {
  return [
    missing.id,
    repeated.id,
    outOfOrder.id,
    ...(opening === undefined ? [] : [opening.rule.id]),
    ...constants.map(({ changed }) => changed.id),
    ...counters.map(({ jumps }) => jumps.id),
    ...joined.flatMap(({ differs, notJson }) => [differs.id, notJson.id]),
  ];
}
