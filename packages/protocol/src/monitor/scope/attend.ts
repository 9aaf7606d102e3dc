import type { KindRole, Role } from "../../compile/plan.ts";
import type { Frame } from "../frame.ts";
import { type Bay, chain } from "../instance/bay.ts";
import type { Instance } from "../instance/instance.ts";
import { NO_KEY } from "../instance/key.ts";
import { checkConstant } from "../values/constant.ts";
import { checkCounter } from "../values/counter.ts";
import { addPart, checkJoinedAt } from "../values/joined.ts";
import type { Watch } from "../watch.ts";
import { open } from "./opening.ts";
import { orphan } from "./orphan.ts";
import { isWrongKey, missingKey, noteAlias, readKey } from "./read-key.ts";
import { step } from "./steps.ts";
import { wrongKind } from "./wrong-kind.ts";

/** An event comes to one of the scopes that it concerns: which instance is it in, and what does it do there? */
export function attend(watch: Watch, frame: Frame, role: Role): void {
  const { scope } = role;
  // A part is in the instance that its carrier is in, whatever keys of that name it has itself.
  if (role.part !== "own" && frame.located[scope.index] !== undefined) return;
  const instance = find(watch, frame, role);
  frame.located[scope.index] = instance ?? null;
}

function find(watch: Watch, frame: Frame, role: Role): Instance | undefined {
  const { scope } = role;
  const parent = scope.parent === undefined ? undefined : frame.located[scope.parent.index];
  if (parent === undefined || parent === null) return undefined;
  const bay = parent.bayOf(scope);
  const key = scope.keyed ? readKey(watch, frame, role) : NO_KEY;
  if (key === undefined || (watch.wrong.some && isWrongKey(watch, frame, role))) {
    if (role.part !== "observer") missingKey(watch, frame, role, bay);
    return undefined;
  }
  const newest = bay.find(key) ?? bay.aliased(key) ?? fromOlderParent(parent, role, key);
  if (newest === undefined) return arrive(watch, frame, role, bay, key);
  if (watch.corrected.active) noteAlias(watch, frame, role, newest);
  return meet(watch, frame, role, bay, key, newest);
}

/** An instance with the event's key is there: is it the one that is meant? */
function meet(
  watch: Watch,
  frame: Frame,
  role: Role,
  bay: Bay,
  key: Instance["key"],
  newest: Instance,
): Instance | undefined {
  if (watch.losses > newest.lossesAtBirth && mayBeAnother(role)) newest.identityDoubt = true;
  const part = role.kinds[newest.kind.index];
  if (role.part === "path") {
    // Nothing happens here but further in; only what the scope reads of all such events is read.
    if (part?.reads === true && !newest.anyKind) read(watch, frame, newest, part);
    return newest;
  }
  if (part !== undefined && (part.admits || role.part === "observer") && !newest.anyKind && isMeant(newest, part)) {
    if (newest.phantom && role.opens !== undefined && !(newest.ghost && !role.opensOnly))
      return arrive(watch, frame, role, bay, key);
    goOn(watch, frame, newest, part);
    return newest;
  }
  return role.part === "observer" ? undefined : choose(watch, frame, role, bay, key, newest);
}

/** Would it look the same if what is open had been closed by an event that was lost, and this one opened it again? */
function mayBeAnother({ opens, opensOnly, scope }: Role): boolean {
  return opens !== undefined && !opensOnly && scope.reuse;
}

/** After a fault there may be two parents with one key: the event may be in a child of the older one. */
function fromOlderParent(parent: Instance, role: Role, key: Instance["key"]): Instance | undefined {
  for (let at = parent.older; at !== undefined; at = at.older) {
    const found = at.knownBay(role.scope)?.find(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Nothing is open under the key that could take the event. */
function arrive(watch: Watch, frame: Frame, role: Role, bay: Bay, key: Instance["key"]): Instance | undefined {
  if (role.part === "observer") return undefined;
  if (role.opens === undefined) return orphan(watch, frame, role, bay, key);
  const instance = open(watch, frame, role, role.opens, bay, key);
  const part = instance === undefined ? undefined : role.kinds[instance.kind.index];
  if (instance !== undefined && part !== undefined) goOn(watch, frame, instance, part, true);
  return instance;
}

/** The newest instance does not have such an event: an older one, an opening, or a fault. */
function choose(
  watch: Watch,
  frame: Frame,
  role: Role,
  bay: Bay,
  key: Instance["key"],
  newest: Instance,
): Instance | undefined {
  for (let at: Instance | undefined = newest; at !== undefined; at = at.older) {
    const part = role.kinds[at.kind.index];
    if (part !== undefined && !isMeant(at, part)) continue;
    if (role.opens === undefined && at.anyKind) return at;
    if (part?.admits !== true) continue;
    goOn(watch, frame, at, part);
    return at;
  }
  if (role.opens !== undefined) return arrive(watch, frame, role, bay, key);
  if (chain(newest).every(({ standing }) => standing === "departed")) return orphan(watch, frame, role, bay, key);
  return wrongKind(watch, frame, role, bay, key, newest);
}

/** What has departed can only be closed, late. */
function isMeant(instance: Instance, part: KindRole): boolean {
  return instance.standing !== "departed" || part.closes;
}

/** What the event does in the instance that it is in. The event that opened it is no inner event of it. */
export function goOn(watch: Watch, frame: Frame, instance: Instance, part: KindRole, opened = false): void {
  if (part.inner !== undefined && !opened) {
    // It goes on after all.
    if (instance.standing === "settled") instance.standing = "open";
    step(watch, frame, instance, part.inner);
  }
  if (part.obliges) instance.obliged = true;
  if (part.reads) read(watch, frame, instance, part);
}

function read(watch: Watch, frame: Frame, instance: Instance, part: KindRole): void {
  for (const reading of part.constants) checkConstant(watch, frame, instance, reading);
  for (const reading of part.counters) checkCounter(watch, frame, instance, reading);
  for (const reading of part.joinedOf) addPart(watch, frame, instance, reading);
  for (const reading of part.joinedAt) checkJoinedAt(watch, frame, instance, reading);
}
