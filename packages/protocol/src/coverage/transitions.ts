import type { KindPlan } from "../compile/plan.ts";

/**
 * One step in the life of one instance of a scope: what happened to it before, and what happens to it next. Both are named by
 * the patterns with which the protocol's file tells the events of that kind of scope apart, so there are at most as many
 * transitions as there are pairs of patterns in a kind, whatever a stream brings. Instances are looked at one by one: events
 * of other instances, blocks or calls between the two do not matter.
 *
 * `from` undefined: the instance is opened. `ends`: `close` and `abort` by the event `to`; `parent`: nothing closes it, it
 * ends in order with what it is in. An event that both goes on and closes makes two transitions, as it has two phases in the
 * monitor.
 */
export interface Transition {
  readonly kind: KindPlan;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly ends: "close" | "abort" | "parent" | undefined;
}

export function transitionId({ kind, from, to, ends }: Transition): string {
  const end = kind.scope.parent === undefined ? "end of the stream" : `end of the ${kind.scope.parent.name}`;
  return `${kindName(kind)}: ${from ?? "closed"} → ${ends === "parent" ? end : nextOf(to, ends)}`;
}

function nextOf(to: string | undefined, ends: Transition["ends"]): string {
  return ends === undefined ? `${to}` : `${to} (${ends === "close" ? "closes" : "aborts"})`;
}

export function transitionHint({ kind, from, to, ends }: Transition): string {
  const what = `a ${kind.name}`;
  if (from === undefined) return `\`${to}\` opens ${what}`;
  if (ends === "parent")
    return `the last event of ${what} is \`${from}\`, and then ${kind.scope.parent === undefined ? "the stream ends" : `the ${kind.scope.parent.name} is closed`}`;
  const next = `in ${what}, \`${to}\` comes next after \`${from}\``;
  return ends === undefined ? next : `${next} and ${ends}s it`;
}

/** `block text`; one word where the scope has no kinds. */
function kindName({ name, scope }: KindPlan): string {
  return name === scope.name ? name : `${scope.name} ${name}`;
}
