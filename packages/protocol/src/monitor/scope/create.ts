import type { KindPlan } from "../../compile/plan.ts";
import type { Bay } from "../instance/bay.ts";
import { Instance } from "../instance/instance.ts";
import { type Key, weight } from "../instance/key.ts";
import { forgetTree, makeRoom } from "../memory.ts";
import type { Watch } from "../watch.ts";

/**
 * Makes an instance and gives it its place; the oldest of the bay makes room if there are too many. What may only go on with
 * an instance that was lost may miss what was lost with it.
 */
export function create(
  watch: Watch,
  kind: KindPlan,
  bay: Bay,
  key: Key,
  phantom: boolean,
  continued: boolean = phantom,
): Instance {
  if (bay.find(key) === undefined) makeRoom(watch, bay, key);
  watch.births += 1;
  watch.openInstances += weight(key);
  const lossesBefore = continued ? (bay.parent?.lossesBefore ?? 0) : watch.losses;
  const instance = new Instance(kind, key, bay, watch.place(), watch.births, lossesBefore, phantom);
  instance.lossesAtBirth = watch.losses;
  const dropped = bay.add(instance);
  if (dropped !== undefined) forgetTree(watch, dropped);
  if (!phantom && bay.parent !== undefined) joinSiblings(watch, instance);
  return instance;
}

function joinSiblings(watch: Watch, instance: Instance): void {
  const { openedNow } = watch;
  if (openedNow !== undefined) {
    instance.sibling = openedNow.sibling ?? openedNow;
    openedNow.sibling = instance;
  }
  watch.openedNow = instance;
  instance.closingDoubt = watch.stray;
  instance.contentDoubt = watch.stray;
}
