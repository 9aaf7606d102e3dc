import type { KindPlan, Role } from "../../compile/plan.ts";
import type { Frame } from "../frame.ts";
import type { Bay } from "../instance/bay.ts";
import type { Closed } from "../instance/closed-keys.ts";
import type { Instance } from "../instance/instance.ts";
import type { Key } from "../instance/key.ts";
import * as messages from "../messages.ts";
import { relatedTo } from "../place.ts";
import { identityInDoubt, type Watch } from "../watch.ts";
import { create } from "./create.ts";
import { keyPath } from "./read-key.ts";

/**
 * An event that goes on with or closes an instance, and there is none. An inner event then opens a phantom, of which nothing
 * is asked; what it was missing may have opened other scopes too, and each of those excuses one orphan.
 */
export function orphan(watch: Watch, frame: Frame, role: Role, bay: Bay, key: Key): Instance | undefined {
  const closed = bay.closed(key);
  if (closed !== undefined) return orphanOfClosed(watch, frame, role, bay, closed, key);
  const kinds = kindsWith(role);
  const closing = role.part === "own" && kinds.every((kind) => role.kinds[kind.index]?.inner === undefined);
  if (isExcused(watch, bay)) watch.hold(role.scope.rules.notOpen);
  else {
    const { scope } = role;
    const error = watch.report(scope.rules.notOpen, false, () => ({
      message: messages.notOpen(frame.label, scope.name, key, scope.keyed, messages.opensOf(kinds)),
      path: keyPath(frame, role),
    }));
    if (error) putInDoubt(watch, frame, bay, kinds, closing);
  }
  if (closing) {
    if (typeof key === "number") follow(bay, key);
    return undefined;
  }
  const phantom = openPhantom(watch, role, bay, key, kinds);
  // It may be what had to be forgotten, and then so is all that was in it.
  if (phantom !== undefined && bay.forgetful) phantom.identityDoubt = true;
  return phantom;
}

/** The kinds that have the event; all of them if it only passes through. */
function kindsWith(role: Role): readonly KindPlan[] {
  const { kinds } = role.scope;
  const having = kinds.filter((kind) => role.kinds[kind.index]?.admits === true);
  return having.length === 0 ? kinds : having;
}

function isExcused(watch: Watch, bay: Bay): boolean {
  if (bay.forgetful || (bay.parent !== undefined && identityInDoubt(bay.parent))) return true;
  return bay.orphans.take(watch.losses);
}

function putInDoubt(watch: Watch, frame: Frame, bay: Bay, kinds: readonly KindPlan[], closing: boolean): void {
  bay.contentDoubt = watch.births;
  if (closing) {
    bay.unclosed.granted += 1;
    return;
  }
  bay.closingDoubt = watch.births;
  const others = new Set(kinds.flatMap((kind) => kind.opensWith));
  for (const other of others) {
    const parent = other.parent === undefined ? undefined : frame.located[other.parent.index];
    if (parent !== undefined && parent !== null) parent.bayOf(other).orphans.granted += 1;
  }
}

export function openPhantom(
  watch: Watch,
  role: Role,
  bay: Bay,
  key: Key,
  kinds: readonly KindPlan[],
): Instance | undefined {
  const [kind] = kinds;
  if (kind === undefined) return undefined;
  // What was forgotten has been counted.
  if (typeof key === "number" && !bay.forgetful) follow(bay, key);
  const phantom = create(watch, kind, bay, key, true);
  phantom.anyKind = role.part === "path" || kinds.length > 1;
  return phantom;
}

/** Its opening would have been counted. */
function follow(bay: Bay, key: number): void {
  bay.count?.follow(key);
}

/** An event of an instance that was closed and must not be opened again. */
export function orphanOfClosed(watch: Watch, frame: Frame, role: Role, bay: Bay, closed: Closed, key: Key): undefined {
  const { scope } = role;
  const excused = bay.parent !== undefined && identityInDoubt(bay.parent);
  const given = closed.reported || watch.reporter.muted || excused;
  watch.report(scope.rules.closed, given, () => ({
    message: messages.closed(frame.label, scope.name, key, scope.keyed),
    path: keyPath(frame, role),
    related: relatedTo(messages.related.closed(scope.name), closed.place),
  }));
  if (!given) closed.reported = true;
  return undefined;
}
