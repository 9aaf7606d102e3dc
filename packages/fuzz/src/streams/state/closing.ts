import type { KindPlan, KindRole, Role, TypePlan } from "../plan.ts";
import type { Instance, JoinedState } from "./instance.ts";

/** Where an event is: by index of the scope, the instance; null where it should be in one that is not open. */
export type Located = readonly (Instance | null | undefined)[];

/** What ends with an event, innermost first. */
export interface Leaving {
  readonly instance: Instance;
  /** The event ends the whole stream. */
  readonly stream: boolean;
}

/**
 * What an event ends, if it may: steps complete, joined texts whole, children closed. `pending` tells what the event itself
 * brings, where that has not been counted yet. Undefined: it may not end what it ends.
 */
export function leavingOf(
  plan: TypePlan,
  located: Located,
  pending: (instance: Instance) => KindRole | undefined,
): readonly Leaving[] | undefined {
  const gone = new Set<Instance>();
  const leaving: Leaving[] = [];
  const leave = (instance: Instance, stream: boolean): void => {
    if (gone.has(instance)) return;
    gone.add(instance);
    leaving.push({ instance, stream });
  };
  for (const role of plan.closing) {
    const { scope } = role;
    const instance = located[scope.index];
    for (const other of abortedBy(role, located)) leave(other, false);
    if (instance === undefined || instance === null || gone.has(instance)) continue;
    const part = role.kinds[instance.kind.index];
    if (part?.closes === true) {
      if (!mayClose(instance, gone, pending)) return undefined;
      leave(instance, scope.parent === undefined);
    } else if (scope.parent === undefined && part?.aborts === true) leave(instance, true);
  }
  return leaving;
}

/** The instances of a child's scope that an event ends early: all that are open in the parent that it is in. */
function abortedBy({ scope, aborts, kinds }: Role, located: Located): readonly Instance[] {
  if (scope.parent === undefined || !aborts) return [];
  const parent = located[scope.parent.index];
  const instance = located[scope.index];
  const open = [...(parent?.bays.get(scope)?.open.values() ?? []), ...(instance ? [instance] : [])];
  return open.filter((other) => kinds[other.kind.index]?.aborts === true && other.parent === parent);
}

/** Is everything there that must be when the instance ends in order? */
export function mayClose(
  instance: Instance,
  gone: ReadonlySet<Instance>,
  pending: (instance: Instance) => KindRole | undefined,
): boolean {
  const { kind } = instance;
  const part = pending(instance);
  const from = Math.max(instance.step, part?.inner?.step ?? 0);
  if (missingStep(instance, from, kind.steps.length, part?.inner?.mark) !== undefined) return false;
  const spelled = kind.joinedAtClose.every(
    ({ slot, match }) =>
      part?.joinedOf.some(({ of }) => of.slot === slot) === true || isWhole(instance.joined.get(slot), match),
  );
  return spelled && unclosedIn(instance, gone) === undefined && childrenComplete(instance, gone, pending);
}

/** A child without a closing event ends in order with its parent. */
function childrenComplete(
  instance: Instance,
  gone: ReadonlySet<Instance>,
  pending: (instance: Instance) => KindRole | undefined,
): boolean {
  for (const bay of instance.bays.values()) {
    for (const child of bay.open.values()) {
      if (!gone.has(child) && child.kind.close.length === 0 && !mayClose(child, gone, pending)) return false;
    }
  }
  return true;
}

/** A child that must be closed first. */
export function unclosedIn(instance: Instance, gone: ReadonlySet<Instance> = new Set()): Instance | undefined {
  for (const bay of instance.bays.values()) {
    for (const child of bay.open.values()) {
      if (gone.has(child)) continue;
      if (child.kind.close.length > 0 && mustClose(child)) return child;
      const inner = unclosedIn(child, gone);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

function mustClose({ kind, obliged }: Instance): boolean {
  return kind.mustClose === "always" || (kind.mustClose === "inObligation" && obliged);
}

/** The pattern of an inner event that must have come in the steps from `from` up to (not including) `to`, and has not. */
export function missingStep(instance: Instance, from: number, to: number, coming?: number): string | undefined {
  for (const inner of instance.kind.steps.slice(from, to).flat()) {
    const required = inner.times === "once" || inner.times === "some";
    if (required && inner.mark !== coming && !instance.marks.has(inner.mark)) return inner.pattern;
  }
  return undefined;
}

/** Can a joined text stand as it is? */
export function isWhole(state: JoinedState | undefined, match: KindPlan["joined"][number]["match"]): boolean {
  return state === undefined || match === "equal" || match === "prefix" || state.isJson;
}
