import type { Dice } from "../../case/dice.ts";
import type { KindRole, Role, ScopePlan } from "../plan.ts";
import type { Pin } from "../schema/pin.ts";
import type { Variant } from "../variant.ts";
import { type Leaving, leavingOf, missingStep } from "./closing.ts";
import { Instance } from "./instance.ts";
import { canName } from "./keys.ts";
import { pinExisting, pinFresh, pinStranger } from "./pin-keys.ts";
import { pinReads, type Texts } from "./pin-reads.ts";
import type { State } from "./state.ts";

/** One event, or a part of one, that is about to be sent: what it does to which instances, and what it must say for that. */
export interface Visit {
  readonly variant: Variant;
  /** By index of the scope. */
  readonly located: (Instance | null | undefined)[];
  readonly does: ReadonlyMap<Instance, KindRole>;
  readonly opened: ReadonlySet<Instance>;
  /** In the order of the scopes: for the keys of what is opened. */
  readonly taken: readonly { readonly role: Role; readonly instance: Instance | undefined }[];
  readonly pin: Pin;
  /** What ends with it; undefined for an event with parts, for which only its parts decide that. */
  readonly leaving: readonly Leaving[] | undefined;
}

/** Of an event with parts: where its parts begin. */
export interface Above {
  readonly located: Visit["located"];
}

export interface Choosing {
  readonly state: State;
  readonly dice: Dice;
  readonly texts: Texts;
  /** Hand out the rest of a text at once. */
  readonly hurry: boolean;
  /** What is asked of the data before any scope asks. */
  readonly makePin: () => Pin | undefined;
  /** Where it is known what the event is about: which of the open instances it can be. */
  readonly about?: (role: Role, instance: Instance) => boolean;
}

interface Choice {
  readonly instance: Instance | undefined;
  readonly opens: boolean;
  readonly pin: (pin: Pin) => boolean;
}

/** Some way in which the event may come now; undefined: there is none. */
export function chooseVisit(variant: Variant, above: Above | undefined, choosing: Choosing): Visit | undefined {
  const { plan } = variant;
  const { state } = choosing;
  if (above === undefined && !mayCome(variant, state)) return undefined;
  const base = choosing.makePin();
  if (base === undefined) return undefined;
  const located: Visit["located"] = [...(above?.located ?? [])];
  const taken: { role: Role; instance: Instance | undefined; opens: boolean; pin: Choice["pin"] }[] = [];
  const { stream } = plan;
  const opening = state.stream === undefined ? stream?.opens : undefined;
  const root = opening === undefined ? state.stream : new Instance(opening, undefined, "");
  if (root === undefined) return undefined;
  located[0] = root;
  if (stream !== undefined) {
    const inner = stream.kinds[root.kind.index]?.inner;
    if (opening === undefined && inner !== undefined && !stepAllowed(root, inner)) return undefined;
    taken.push({ role: stream, instance: root, opens: opening !== undefined, pin: () => true });
  }
  const search = (index: number): Visit | undefined => {
    const role = plan.roles[index];
    if (role === undefined) return finish(variant, base, located, taken, choosing);
    const known = located[role.scope.index];
    if (role.part !== "own" && known !== undefined) return search(index + 1);
    for (const choice of choicesOf(role, located, choosing)) {
      located[role.scope.index] = choice.instance ?? null;
      taken.push({ role, ...choice });
      const visit = search(index + 1);
      if (visit !== undefined) return visit;
      taken.pop();
      located[role.scope.index] = known;
    }
    return undefined;
  };
  return search(0);
}

function mayCome({ plan, entry }: Variant, state: State): boolean {
  if (!entry.known) return false;
  if (state.stream !== undefined) return plan.stream?.opensOnly !== true;
  if (plan.stream?.opens === undefined) return false;
  return !state.ended || plan.stream.scope.reuse;
}

function choicesOf(role: Role, located: Visit["located"], { dice, about }: Choosing): readonly Choice[] {
  const parent = role.scope.parent === undefined ? undefined : located[role.scope.parent.index];
  const observer: Choice = { instance: undefined, opens: false, pin: () => true };
  if (parent === undefined || parent === null) return role.part === "observer" ? [observer] : [];
  const bay = parent.bays.get(role.scope);
  const open = [...(bay?.open.values() ?? [])];
  const meant = about === undefined ? open : open.filter((instance) => about(role, instance));
  const choices: Choice[] = [];
  for (const instance of meant) {
    if (role.scope.keyed && !canName(role, instance.key)) continue;
    const does = role.kinds[instance.kind.index];
    if (role.part === "own" && (does?.admits !== true || (does.inner && !stepAllowed(instance, does.inner)))) continue;
    choices.push({ instance, opens: false, pin: (pin) => pinExisting(pin, role, instance) });
  }
  // Where it is known what the event is about, only that is left.
  const free = about === undefined || meant.length === 0 || !role.scope.keyed;
  if (role.part === "observer" && free && (role.scope.keyed || open.length === 0)) {
    choices.push({ ...observer, pin: (pin) => pinStranger(pin, role, open) });
  }
  if (role.part === "own" && free && role.opens !== undefined && (open.length === 0 || mayJoin(role.scope))) {
    const fresh = new Instance(role.opens, parent, "");
    choices.push({ instance: fresh, opens: true, pin: (pin) => pinFresh(pin, role, bay) });
  }
  return dice.shuffled(choices);
}

function mayJoin(scope: ScopePlan): boolean {
  return scope.keyed && !scope.exclusive;
}

/** Is it the turn of an inner event? */
export function stepAllowed(instance: Instance, inner: NonNullable<KindRole["inner"]>): boolean {
  if (inner.step < instance.step) return false;
  if (inner.mark !== -1 && inner.times !== "some" && instance.marks.has(inner.mark)) return false;
  return missingStep(instance, instance.step, inner.step) === undefined;
}

function finish(
  variant: Variant,
  base: Pin,
  located: Visit["located"],
  taken: readonly { role: Role; instance: Instance | undefined; opens: boolean; pin: Choice["pin"] }[],
  choosing: Choosing,
): Visit | undefined {
  const pin = base.copy();
  const does = new Map<Instance, KindRole>();
  const opened = new Set<Instance>();
  for (const { role, instance, opens, pin: pinKey } of taken) {
    if (!pinKey(pin)) return undefined;
    if (instance === undefined) continue;
    const part = role.kinds[instance.kind.index];
    if (part !== undefined) does.set(instance, opens ? { ...part, inner: undefined } : part);
    if (opens) opened.add(instance);
  }
  const carrier = variant.plan.parts.length > 0;
  const leaving = carrier ? undefined : leavingOf(variant.plan, located, (instance) => does.get(instance));
  if (!carrier && leaving === undefined) return undefined;
  const last = new Set(leaving?.map(({ instance }) => instance));
  for (const [instance, part] of does) {
    if (!pinReads(pin, instance, part, { ...choosing, hurry: choosing.hurry || last.has(instance) })) return undefined;
  }
  return { variant, located: [...located], does, opened, taken, pin, leaving };
}
