import type { ConstantPlan, Reading } from "../../compile/plan.ts";
import type { Frame } from "../frame.ts";
import type { Instance } from "../instance/instance.ts";
import { keepText, tellTextForgotten } from "../memory.ts";
import * as messages from "../messages.ts";
import { relatedTo } from "../place.ts";
import { contentInDoubt, identityInDoubt, type Watch } from "../watch.ts";
import { jsonDifference } from "./json-difference.ts";

/** The same value on every event of the instance that has it; `""` and `null` are not compared. */
export function checkConstant(watch: Watch, frame: Frame, instance: Instance, { of, at }: Reading<ConstantPlan>): void {
  const value = frame.read(watch, at);
  if (value === undefined || value === null || value === "" || watch.damaged) return;
  const first = instance.constant(of.slot);
  if (first === undefined) {
    // A bad event teaches nothing.
    if (!watch.reporter.muted) keep(watch, instance, of, value);
    return;
  }
  if (first.value === value || jsonDifference(first.value, value) === undefined) return;
  const trusted = !watch.reporter.muted && !contentInDoubt(watch, instance);
  const error = watch.reportOnce(instance, of.changed, instance.phantom || identityInDoubt(instance), () => ({
    message: messages.changed(of.name, value, first.value, instance.kind.name),
    path: frame.path(at.text),
    related: relatedTo(messages.related.was(first.value), first.place),
  }));
  if (!error) return;
  instance.contentDoubt = true;
  // The rest of the monitor reads the earlier value, so that a wrong id does not orphan the event elsewhere.
  if (trusted)
    Object.assign(watch.corrected, { pointer: frame.path(at.text), value: first.value, wrong: value, active: true });
}

/** A value for which there is no memory is not compared. */
function keep(watch: Watch, instance: Instance, { slot, name }: ConstantPlan, value: unknown): void {
  if (keepText(watch, instance, sizeOf(value))) instance.setConstant(slot, { value, place: watch.place() });
  else tellTextForgotten(watch, instance.kind.name, name);
}

/** Characters; a number takes less than the place that is kept with it. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  return typeof value === "object" ? JSON.stringify(value).length : 0;
}
