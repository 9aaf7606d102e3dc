import type { Role, ScopePlan } from "../../compile/plan.ts";
import type { Frame } from "../frame.ts";
import type { Bay } from "../instance/bay.ts";
import type { Instance } from "../instance/instance.ts";
import { forgetTree, rememberClosed } from "../memory.ts";
import * as messages from "../messages.ts";
import { relatedTo } from "../place.ts";
import { checkJoined } from "../values/joined.ts";
import { closingInDoubt, type Watch } from "../watch.ts";
import { checkComplete } from "./steps.ts";

/** The end of an event's work in one scope: the instance it is in is closed, or all of its kind are aborted. */
export function leave(watch: Watch, frame: Frame, role: Role): void {
  const { scope } = role;
  const instance = frame.located[scope.index];
  if (role.aborts && scope.parent !== undefined) abort(watch, frame, role, scope.parent);
  if (instance === undefined || instance === null) return;
  if (!(instance.anyKind ? role.closes : role.kinds[instance.kind.index]?.closes === true)) return;
  close(watch, frame.label, instance);
}

/** In a child scope, an aborting event ends all instances in its parent, and nothing is asked of them. */
function abort(watch: Watch, frame: Frame, role: Role, parentScope: ScopePlan): void {
  const parent = frame.located[parentScope.index];
  const bay = parent?.knownBay(role.scope);
  for (const instance of bay?.open() ?? []) {
    if (instance.anyKind || role.kinds[instance.kind.index]?.aborts === true) end(watch, instance, false);
  }
}

/** Closes an instance in order: its steps are complete, what is joined is right, and what is in it has been closed. */
export function close(watch: Watch, label: string, instance: Instance): void {
  const { errors } = watch.reporter;
  finish(watch, label, instance);
  // What is found wrong only now may still come: the closing event was too early.
  end(watch, instance, watch.reporter.errors > errors && !instance.phantom);
}

/** What is asked at the end of an instance. */
function finish(watch: Watch, label: string, instance: Instance): void {
  const { kind } = instance;
  checkComplete(watch, label, instance, instance.step, kind.steps.length);
  for (const joined of kind.joinedAtClose) checkJoined(watch, instance, joined, undefined, "");
  finishChildren(watch, label, instance, true);
}

function finishChildren(watch: Watch, label: string, instance: Instance, inOrder: boolean): void {
  for (const scope of instance.scope.children) {
    const bay = instance.knownBay(scope);
    if (bay === undefined) continue;
    for (const child of bay.open()) {
      if (!child.ghost && child.standing !== "departed") finishChild(watch, label, child, bay, inOrder);
    }
  }
}

/** The parent closes: a child that needs no closing event ends in order with it, any other should have been closed. */
function finishChild(watch: Watch, label: string, child: Instance, bay: Bay, inOrder: boolean): void {
  const { kind } = child;
  if (kind.close.length === 0) {
    if (inOrder) finish(watch, label, child);
    else finishChildren(watch, label, child, false);
    return;
  }
  if (kind.mustClose === "never" || (kind.mustClose === "inObligation" && !child.obliged)) return;
  const rule = child.scope.rules.unclosed;
  if (closingInDoubt(child) || bay.unclosed.take(watch.losses)) {
    if (!child.phantom) watch.hold(rule);
  } else {
    watch.reporter.reportAside(rule, watch.place(), () => ({
      message: messages.unclosed(label, child),
      related: relatedTo(messages.related.opened(kind.name), child.opened),
    }));
  }
  finishChildren(watch, label, child, false);
}

/**
 * Takes an instance and all that is in it out of the books. If its closing came too early, a ghost of it stays, to take what
 * comes late.
 */
export function end(watch: Watch, instance: Instance, early: boolean): void {
  const { scope, bay } = instance;
  if (early && bay.parent !== undefined) instance.becomeGhost();
  else {
    bay.remove(instance);
    forgetTree(watch, instance);
  }
  if (scope.reuse || bay.parent === undefined) return;
  rememberClosed(watch, bay, instance.key);
}
