import type { KindPlan, KindRole, Role, ScopePlan } from "../compile/plan.ts";
import type { RuleInfo } from "../rules.ts";
import type { OpenScope, Siblings } from "./open-scope.ts";

/*
 * When a rule is held: something came that it judges, and it was right. Each function notes the rules of one occasion.
 */

type Hold = (rule: RuleInfo) => void;

/** An instance was opened where it may be. */
export function holdOpening(
  hold: Hold,
  scope: ScopePlan,
  kind: KindPlan,
  before: Pick<Siblings, "opened" | "closed">,
): void {
  hold(scope.rules.alreadyOpen);
  hold(scope.rules.keyJumps);
  if (before.opened > 0) hold(scope.rules.overlap);
  if (before.closed > 0) hold(scope.rules.reopened);
  if (kind.opening !== undefined) hold(kind.opening.rule);
}

/** An event came in an open instance. */
export function holdWithin(hold: Hold, role: Role, open: OpenScope, part: KindRole): void {
  hold(role.scope.rules.notOpen);
  if (role.opens === undefined && role.kinds.some((other) => !other.admits)) hold(role.scope.rules.wrongKind);
  if (part.inner === undefined) return;
  const { kind } = open;
  if (kind.steps.length > 1) hold(kind.outOfOrder);
  if (part.inner.times === "once" || part.inner.times === "optional") hold(kind.repeated);
}

/** An instance was closed in order, by an event or with what it is in. */
export function holdClosing(hold: Hold, { kind }: OpenScope): void {
  hold(kind.scope.rules.closed);
  if (kind.steps.some((step) => step.some(({ times }) => times === "once" || times === "some"))) hold(kind.missing);
  for (const child of kind.scope.children) hold(child.rules.unclosed);
}
