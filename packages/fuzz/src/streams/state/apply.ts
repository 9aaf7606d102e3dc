import type { KindRole } from "../plan.ts";
import { valueAt } from "../plan.ts";
import type { Leaving } from "./closing.ts";
import type { Instance } from "./instance.ts";
import { keyOf } from "./keys.ts";
import type { State } from "./state.ts";
import type { Visit } from "./visit.ts";

/** Enters what has been sent in the books: what it opens, how far it goes on, and what it says. False: a key is in use. */
export function applyVisit(state: State, visit: Visit, data: unknown): boolean {
  for (const { role, instance } of visit.taken) {
    if (instance?.parent === undefined || !visit.opened.has(instance)) continue;
    const key = keyOf(role, data);
    const bay = instance.parent.bayOf(instance.scope);
    if (key === undefined || bay.open.has(key) || bay.closed.has(key)) return false;
    instance.key = key;
  }
  for (const instance of visit.opened) {
    const { parent, scope, key } = instance;
    if (parent === undefined) {
      state.stream = instance;
      state.ended = false;
      continue;
    }
    const bay = parent.bayOf(scope);
    bay.open.set(key, instance);
    if (typeof key === "number") bay.latest = key;
  }
  for (const [instance, part] of visit.does) takeIn(instance, part, data);
  return true;
}

function takeIn(instance: Instance, part: KindRole, data: unknown): void {
  const { inner } = part;
  if (inner !== undefined) {
    instance.step = Math.max(instance.step, inner.step);
    if (inner.mark !== -1) instance.marks.add(inner.mark);
  }
  if (part.obliges) instance.obliged = true;
  for (const { of, at } of part.constants) {
    const value = valueAt(data, at);
    if (value === undefined || value === null || value === "" || instance.constants.has(of.slot)) continue;
    instance.constants.set(of.slot, value);
  }
  for (const { of, at } of part.counters) {
    const value = valueAt(data, at);
    if (typeof value === "number") instance.counts.set(of.slot, value);
  }
  for (const { of, at } of part.joinedOf) {
    const value = valueAt(data, at);
    if (typeof value === "string") instance.joinedOf(of.slot).add(value);
  }
}

/** Takes what ends with an event out of the books. */
export function applyLeaving(state: State, leaving: readonly Leaving[]): void {
  for (const { instance, stream } of leaving) {
    if (stream) {
      state.stream = undefined;
      state.ended = true;
    }
    const bay = instance.parent?.bays.get(instance.scope);
    if (bay === undefined) continue;
    bay.open.delete(instance.key);
    if (!instance.scope.reuse) bay.closed.add(instance.key);
  }
}
