import type { InnerPlan } from "../../compile/plan.ts";
import type { Frame } from "../frame.ts";
import type { Instance } from "../instance/instance.ts";
import * as messages from "../messages.ts";
import { relatedTo } from "../place.ts";
import { contentInDoubt, type Watch } from "../watch.ts";

/** An inner event goes on with an instance: is it its turn? */
export function step(watch: Watch, frame: Frame, instance: Instance, inner: InnerPlan): void {
  if (inner.step > instance.step) {
    checkComplete(watch, frame.label, instance, instance.step, inner.step);
    instance.step = inner.step;
    instance.stepBegan = watch.place();
  } else if (inner.step < instance.step) outOfOrder(watch, frame, instance);
  if (inner.mark === -1) return;
  const first = instance.mark(inner);
  if (first === undefined) instance.setMark(inner, watch.place());
  else if (inner.times !== "some") {
    const { kind } = instance;
    const error = watch.reportOnce(instance, kind.repeated, contentInDoubt(watch, instance), () => ({
      message: messages.repeated(frame.label, kind.name),
      related: relatedTo(messages.related.first, first),
    }));
    if (error) instance.contentDoubt = true;
  }
}

function outOfOrder(watch: Watch, frame: Frame, instance: Instance): void {
  const { kind, stepBegan } = instance;
  const error = watch.reportOnce(instance, kind.outOfOrder, contentInDoubt(watch, instance), () => ({
    message: messages.outOfOrder(frame.label, stepBegan?.event?.type ?? "a later event", kind.name),
    related: relatedTo(messages.related.later, stepBegan),
  }));
  if (error) instance.contentDoubt = true;
}

/** Has everything come that the steps from `from` up to (not including) `to` must have? */
export function checkComplete(watch: Watch, label: string, instance: Instance, from: number, to: number): void {
  const { kind } = instance;
  if (kind.marks === 0) return;
  for (let index = from; index < to; index += 1) {
    for (const inner of kind.steps[index] ?? []) {
      const required = inner.times === "once" || inner.times === "some";
      if (!required || instance.mark(inner) !== undefined) continue;
      const error = watch.reportOnce(instance, kind.missing, contentInDoubt(watch, instance), () => ({
        message: messages.missing(label, inner.pattern, kind.name),
        related: relatedTo(messages.related.opened(kind.name), instance.opened),
      }));
      if (!error) continue;
      instance.contentDoubt = true;
      return;
    }
  }
}
