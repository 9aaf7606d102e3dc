import type { KindPlan, Role } from "../../compile/plan.ts";
import type { RuleInfo } from "../../rules.ts";
import type { Frame } from "../frame.ts";
import { type Bay, chain } from "../instance/bay.ts";
import type { Instance } from "../instance/instance.ts";
import type { Key } from "../instance/key.ts";
import * as messages from "../messages.ts";
import { relatedTo } from "../place.ts";
import { closingInDoubt, identityInDoubt, type Watch } from "../watch.ts";
import { create } from "./create.ts";
import { orphanOfClosed } from "./orphan.ts";
import { keyPath } from "./read-key.ts";

/** An opening event: a new instance, unless a phantom was waiting for it or its key has been used up. */
export function open(watch: Watch, frame: Frame, role: Role, kind: KindPlan, bay: Bay, key: Key): Instance | undefined {
  const newest = bay.find(key);
  if (newest !== undefined && awaitsOpening(newest, kind)) {
    newest.becomeReal(kind, watch.place(), watch.births);
    if (typeof key === "number") bay.count?.accepts(key);
    checkOpening(watch, frame, role, kind, bay);
    return newest;
  }
  const closed = bay.closed(key);
  if (closed !== undefined && !role.opensOnly) return orphanOfClosed(watch, frame, role, bay, closed, key);
  const doubtful = isOpenAlready(watch, frame, bay, key) || overlaps(watch, frame, bay, key);
  let inDoubt = doubtful;
  if (closed !== undefined) {
    const excused = bay.parent !== undefined && identityInDoubt(bay.parent);
    const error = watch.report(bay.scope.rules.reopened, excused, () => ({
      message: messages.reopened(frame.label, bay.scope.name, key),
      path: keyPath(frame, role),
      related: relatedTo(messages.related.closed(bay.scope.name), closed.place),
    }));
    inDoubt ||= error;
  }
  if (inDoubt) distrustOpenings(watch);
  const jumped = checkNumber(watch, frame, role, bay, key);
  // If going on with an instance looks the same, it may go on with one that was lost or forgotten.
  const continued = !role.opensOnly && (bay.forgetful || bay.orphans.has(watch.losses));
  checkOpening(watch, frame, role, kind, bay);
  const instance = create(watch, kind, bay, key, false, continued);
  instance.identityDoubt = inDoubt || (continued && bay.forgetful);
  instance.contentDoubt ||= continued;
  instance.closingDoubt ||= jumped;
  return instance;
}

function awaitsOpening(instance: Instance, kind: KindPlan): boolean {
  const { phantom, ghost, standing, anyKind } = instance;
  return phantom && !ghost && standing === "open" && (anyKind || instance.kind === kind);
}

/** Reports an instance that is open under the key; true if both are in doubt from now on. */
function isOpenAlready(watch: Watch, frame: Frame, bay: Bay, key: Key): boolean {
  const newest = bay.find(key);
  if (newest === undefined) return false;
  const rule = bay.scope.rules.alreadyOpen;
  const old = chain(newest).find((instance) => !closingInDoubt(instance));
  if (old === undefined) {
    if (!depart(newest)) watch.hold(rule);
    return false;
  }
  if (excuseOpen(watch, bay, old, rule)) return false;
  const error = watch.report(rule, false, () => ({
    message: messages.alreadyOpen(frame.label, old),
    related: relatedTo(messages.related.opened(old.kind.name), old.opened),
  }));
  if (error) distrust(old);
  return error;
}

/** A legal start: what a fault before it left behind is over. False if something may still be open. */
function depart(newest: Instance): boolean {
  const left = chain(newest).filter((instance) => !instance.ghost);
  if (left.some(({ standing }) => standing === "open")) return false;
  for (const instance of left) instance.standing = "departed";
  return true;
}

function overlaps(watch: Watch, frame: Frame, bay: Bay, key: Key): boolean {
  const old = bay.scope.exclusive ? bay.latest : undefined;
  if (old === undefined || old.key === key) return false;
  const rule = bay.scope.rules.overlap;
  if (closingInDoubt(old)) {
    watch.hold(rule);
    return false;
  }
  if (excuseOpen(watch, bay, old, rule)) return false;
  const error = watch.report(rule, false, () => ({
    message: messages.overlap(frame.label, old),
    related: relatedTo(messages.related.opened(old.kind.name), old.opened),
  }));
  if (error) distrust(old);
  return error;
}

/** An instance that should not be open. The event that opened it may have been a stray, and what else it opened too. */
function distrust(instance: Instance): void {
  instance.identityDoubt = true;
  for (let at = instance.sibling; at !== undefined && at !== instance; at = at.sibling) at.closingDoubt = true;
}

/** The opening event at hand may be a stray: whether what it opens must be closed is not known. */
function distrustOpenings(watch: Watch): void {
  watch.stray = true;
  const first = watch.openedNow;
  if (first === undefined) return;
  first.closingDoubt = true;
  for (let at = first.sibling; at !== undefined && at !== first; at = at.sibling) at.closingDoubt = true;
}

/** Its closing may have been lost, or sent under a wrong name. */
function excuseOpen(watch: Watch, bay: Bay, old: Instance, rule: RuleInfo): boolean {
  if (!bay.unclosed.take(watch.losses)) return false;
  old.identityDoubt = true;
  watch.hold(rule);
  return true;
}

/** True if the number was wrong: then events under the right one are no orphans, and the instance may never be closed. */
function checkNumber(watch: Watch, frame: Frame, role: Role, bay: Bay, key: Key): boolean {
  const { count } = bay;
  if (count === undefined || typeof key !== "number" || count.accepts(key)) return false;
  // It was counted before it was forgotten.
  if (bay.forgetful && !role.opensOnly) return false;
  const { expected } = count;
  const rule = bay.scope.rules.keyJumps;
  const excused = (bay.parent !== undefined && identityInDoubt(bay.parent)) || bay.jumps.take(watch.losses);
  const error = watch.report(rule, excused, () => ({
    message: messages.keyJumps(bay.scope.name, key, expected),
    path: keyPath(frame, role),
  }));
  count.jump(key, error);
  if (error && !excused) bay.orphans.granted += 1;
  return error;
}

function checkOpening(watch: Watch, frame: Frame, role: Role, kind: KindPlan, bay: Bay): void {
  if (kind.opening === undefined) return;
  const { check, rule, owner } = kind.opening;
  if (rule.severity === "off") return;
  const problems = check(frame.data);
  const [first] = problems;
  if (first === undefined) return;
  // If going on with an instance looks the same, its true opening may have been lost, or forgotten.
  const unknown = bay.forgetful || (bay.parent !== undefined && identityInDoubt(bay.parent));
  const excused = !role.opensOnly && (unknown || bay.orphans.take(watch.losses));
  watch.report(rule, excused, () => ({
    message: messages.opening(frame.label, owner, first),
    path: frame.path(first.path),
  }));
}
