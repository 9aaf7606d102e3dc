import { valueAt } from "../../compile/place.ts";
import type { Role } from "../../compile/plan.ts";
import type { Frame } from "../frame.ts";
import type { Instance } from "../instance/instance.ts";
import { NO_KEY } from "../instance/key.ts";
import { identityInDoubt, type Watch } from "../watch.ts";
import { readKey } from "./read-key.ts";

/**
 * The subtype cannot be read, so what the event does is not known: every instance that it may have meant is no longer
 * judged, and one orphan and one jump may follow from it. Only after an error: else it is a matter of the schema's.
 */
export function doubtAnySubtype(watch: Watch, frame: Frame): void {
  if (!watch.reporter.muted) return;
  for (const role of frame.entry.anySubtype) {
    const { scope } = role;
    const parent = scope.parent === undefined ? undefined : frame.located[scope.parent.index];
    if (role.part !== "own") doubtAbort(watch, role, parent);
    else if (parent === undefined || parent === null) watch.lose();
    else doubtInstance(watch, frame, role, parent);
  }
}

/** What the schemas found wrong does not say what the event does: then it does what all of its type do. */
export function unreadSubtype(watch: Watch, frame: Frame): void {
  if (!isWrongSubtype(watch, frame)) return;
  frame.subtypeUnreadable = true;
  frame.plan = frame.entry.bare;
}

/** The schemas found it wrong, or found what it should be in wrong, so that there is none. */
function isWrongSubtype(watch: Watch, frame: Frame): boolean {
  const { subtype } = frame.entry;
  if (subtype === undefined) return false;
  const path = frame.path(subtype.text);
  if (watch.wrong.has(path)) return true;
  return valueAt(frame.data, subtype) === undefined && watch.wrong.hasAbove(path);
}

function doubtInstance(watch: Watch, frame: Frame, role: Role, parent: Instance): void {
  const { scope } = role;
  const bay = parent.bayOf(scope);
  const key = scope.keyed ? readKey(watch, frame, role) : NO_KEY;
  const meant = key === undefined ? undefined : bay.find(key);
  if (meant === undefined) bay.identityDoubt = watch.births;
  else if (!identityInDoubt(meant)) meant.identityDoubt = true;
  bay.orphans.granted += 1;
  bay.jumps.granted += 1;
}

/** It may have aborted whatever is open: then nothing closes it. */
function doubtAbort(watch: Watch, role: Role, parent: Instance | null | undefined): void {
  const bay = parent?.knownBay(role.scope);
  if (bay !== undefined) bay.closingDoubt = watch.births;
}
