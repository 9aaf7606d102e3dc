import type { Kind } from "../../compile/kinds.ts";
import type { Arrow, Graph, PlainState } from "./model.ts";

type Step = Kind["steps"][number];
type MutableState = PlainState & { readonly loops: string[] };

/** The steps of a kind as states in a row. */
export interface Row extends Graph {
  readonly states: readonly PlainState[];
  /** The state that an instance is in when it has been opened. */
  readonly first: PlainState;
  /** States in which nothing is missing any more, so that it may be closed. */
  readonly last: readonly PlainState[];
}

/**
 * A state is what has been seen so far. Events that may come again are loops; an event that may be left out has arrows
 * past it; one that must come has none.
 */
export function rowOf(kind: Kind, id: string, title: string): Row {
  const first = state(id, 0, title);
  const states = [first];
  const arrows: Arrow[] = [];
  /** Where the next step can be entered from. */
  let open: readonly MutableState[] = [first];
  for (const step of kind.steps) {
    const current = states.at(-1) ?? first;
    // What nothing is asked of needs no state of its own, after what cannot come again.
    if (current.loops.length === 0 && isFree(step)) {
      current.loops.push(...step.map(loop));
      continue;
    }
    const next = state(id, states.length, titleOf(step, states.length + 1));
    const events = step.map(({ pattern }) => pattern.text);
    arrows.push(...open.map(({ id: from }) => ({ from, to: next.id, events, abort: false })));
    if (step.length > 1 || step.some(repeats)) next.loops.push(...step.map(loop));
    states.push(next);
    open = step.some(({ times }) => times === "once" || times === "some") ? [next] : [...open, next];
  }
  return { states, arrows, first, last: open };
}

function state(id: string, index: number, title: string): MutableState {
  return { shape: "state", id: `${id}_${index}`, title, loops: [], notes: [] };
}

/** Any number of events, among them some that come at most once: none leads on to another state. */
function isFree(step: Step): boolean {
  return step.every(({ times }) => times === "any" || (times === "optional" && step.length > 1));
}

function repeats({ times }: Step[number]): boolean {
  return times === "any" || times === "some";
}

function loop({ pattern, times }: Step[number]): string {
  return `${pattern.text}${TIMES[times]}`;
}

const TIMES = { any: "", some: "", once: " (once)", optional: " (at most once)" };

/** A state is named for the event that led to it, by the last part of its name. */
function titleOf([only, ...others]: Step, position: number): string {
  if (only === undefined || others.length > 0) return `step ${position}`;
  const { name, subtype, text } = only.pattern;
  if (typeof subtype === "string") return subtype;
  return name.split(/[./]/).findLast((part) => part !== "") ?? text;
}
