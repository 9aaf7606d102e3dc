import type { Protocol } from "../compile/compile.ts";
import type { ScopePlan } from "../compile/plan.ts";
import { Attempt, copy, type Node, nameOf, type Script } from "./attempt.ts";
import { type Form, formsOf } from "./forms.ts";
import { type Transition, transitionId } from "./transitions.ts";

/*
 * Which forms and transitions some complete stream without a finding has. The protocol is walked with at most one open
 * instance a scope and parent, and at most one part of each name an event; payloads are not looked at. A walk with more
 * instances would reach nothing else: what an instance may do depends on itself, on what it is in, and on the scopes that
 * the same event concerns.
 */

/** What can be reached. */
export interface Reach {
  readonly forms: ReadonlySet<Form>;
  /** By id, in the order in which a walk meets them, scope by scope. */
  readonly transitions: ReadonlyMap<string, Transition>;
}

/** From a state to a state, by number; `ENDED` after the terminal event. */
interface Edge {
  readonly from: number;
  readonly to: number;
  /** Undefined for the end of input. */
  readonly script: Script | undefined;
  readonly transitions: readonly Transition[];
}

const ENDED = -1;

/** Many times what any protocol at hand has; a walk that meets it finds nothing more. */
const MOST_STATES = 20_000;

/** Works out what can be reached, once a protocol. */
export function reachOf(protocol: Protocol): Reach {
  const forms = formsOf(protocol);
  const parts = new Set(forms.flatMap(({ plan }) => plan.parts.map(({ name }) => name)));
  const scripts = forms.filter(({ name }) => !parts.has(name)).flatMap((form) => scriptsOf(form, forms));
  const reached = { forms: new Set<Form>(), transitions: new Map<string, Transition>() };
  for (const scope of protocol.plan.scopes) {
    for (const { script, transitions } of walk(protocol.plan.stream, scope, scripts)) {
      if (script !== undefined) addForms(script, reached.forms);
      for (const transition of transitions) reached.transitions.set(transitionId(transition), transition);
    }
  }
  for (const form of forms) if (form.entry.after) reached.forms.add(form);
  return reached;
}

function addForms({ form, parts }: Script, forms: Set<Form>): void {
  forms.add(form);
  for (const part of parts) addForms(part, forms);
}

/** An event without parts and with one of each form; several parts of a name are several events in this respect. */
function scriptsOf(form: Form, forms: readonly Form[]): readonly Script[] {
  let scripts: readonly Script[] = [{ form, parts: [] }];
  for (const { name } of form.plan.parts) {
    const choices = forms.filter((part) => part.name === name).flatMap((part) => scriptsOf(part, forms));
    scripts = scripts.flatMap((script) => [
      script,
      ...choices.map((part) => ({ form, parts: [...script.parts, part] })),
    ]);
  }
  return scripts;
}

/** Every edge that is on a way from the beginning of a stream to its end. */
function walk(stream: ScopePlan, focus: ScopePlan, scripts: readonly Script[]): readonly Edge[] {
  const states: (Node | undefined)[] = [undefined];
  const numbers = new Map<string, number>([["", 0]]);
  const edges: Edge[] = [];
  for (let from = 0; from < states.length; from += 1) {
    for (const script of scripts) {
      const attempt = new Attempt(stream, focus, copy(states[from]));
      if (!attempt.take(script)) continue;
      const { root, ended, transitions } = attempt;
      const key = nameOf(root);
      const known = ended ? ENDED : numbers.get(key);
      if (known === undefined && states.length === MOST_STATES) continue;
      const to = known ?? states.push(root) - 1;
      if (known === undefined) numbers.set(key, to);
      edges.push({ from, to, script, transitions });
    }
    const last = new Attempt(stream, focus, copy(states[from]));
    if (last.endStream()) edges.push({ from, to: ENDED, script: undefined, transitions: last.transitions });
  }
  return leadingToEnd(edges);
}

function leadingToEnd(edges: readonly Edge[]): readonly Edge[] {
  const into = new Map<number, Edge[]>();
  for (const edge of edges) {
    const list = into.get(edge.to);
    if (list === undefined) into.set(edge.to, [edge]);
    else list.push(edge);
  }
  const leading = new Set([ENDED]);
  for (const state of leading) for (const { from } of into.get(state) ?? []) leading.add(from);
  return edges.filter(({ to }) => leading.has(to));
}
