import type { CounterPlan, Reading } from "../../compile/plan.ts";
import type { Frame } from "../frame.ts";
import { Count } from "../instance/count.ts";
import type { Instance } from "../instance/instance.ts";
import * as messages from "../messages.ts";
import { identityInDoubt, type Watch } from "../watch.ts";

/** A number on the events of an instance that counts up. */
export function checkCounter(watch: Watch, frame: Frame, instance: Instance, { of, at }: Reading<CounterPlan>): void {
  const count = instance.count(of.slot) ?? newCount(instance, of);
  const value = frame.read(watch, at);
  if (typeof value !== "number") {
    // Of a bad event the number may be lost; the count goes on behind it.
    if (watch.reporter.muted) instance.bay.jumps.granted += 1;
    return;
  }
  if (count.accepts(value)) return;
  const { expected } = count;
  const excused = instance.phantom || identityInDoubt(instance) || instance.bay.jumps.take(watch.losses);
  const muted = watch.reporter.muted;
  const error = watch.reportOnce(instance, of.jumps, excused, () => ({
    message: messages.jumps(of.name, value, expected),
    path: frame.path(at.text),
    related: [],
  }));
  count.jump(value, error);
  if (!error || excused || muted) return;
  // An event is missing or out of place, and it may have been any.
  instance.contentDoubt = true;
  if (instance.parent === undefined) watch.lose();
}

function newCount(instance: Instance, plan: CounterPlan): Count {
  const count = new Count(instance.phantom ? undefined : plan.from, plan.step);
  instance.setCount(plan.slot, count);
  return count;
}
