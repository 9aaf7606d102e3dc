import type { InnerPlan, KindPlan, Role, ScopePlan } from "../compile/plan.ts";
import type { Form } from "./forms.ts";
import type { Transition } from "./transitions.ts";

/** An open instance in a walk: only what decides what may come next. */
export interface Node {
  readonly kind: KindPlan;
  step: number;
  /** Bits of the inner events that have been seen. */
  marks: number;
  obliged: boolean;
  /** The event before; only kept for the scope that is looked at, so that the others have fewer states. */
  last: string;
  /** By slot. */
  readonly children: (Node | undefined)[];
}

/** An event with its parts. */
export interface Script {
  readonly form: Form;
  readonly parts: readonly Script[];
}

type Located = (Node | undefined)[];

/** One event, tried on a state of a walk: may it come without a finding, and what does it change? Mirrors the monitor's phases. */
export class Attempt {
  root: Node | undefined;
  ended = false;
  readonly transitions: Transition[] = [];
  readonly #stream: ScopePlan;
  readonly #focus: ScopePlan;

  /** Changes `root`: give it a copy. */
  constructor(stream: ScopePlan, focus: ScopePlan, root: Node | undefined) {
    this.#stream = stream;
    this.#focus = focus;
    this.root = root;
  }

  /** False if the event would be a fault here. */
  take(script: Script): boolean {
    const { form } = script;
    const role = form.plan.stream;
    const opened = this.root === undefined;
    if (this.root === undefined) {
      if (role?.opens === undefined) return false;
      this.root = this.#open(role.opens, form);
    } else if (role?.opensOnly === true) return false;
    const located: Located = [];
    located[this.#stream.index] = this.root;
    if (role !== undefined && !this.#goOn(this.root, role, form, opened)) return false;
    return this.#handle(script, located);
  }

  /** A stream's scope that nothing closes ends with the stream. */
  endStream(): boolean {
    const { root } = this;
    if (root === undefined || root.kind.close.length > 0 || !this.#finish(root)) return false;
    this.#move(root, undefined, "parent");
    return true;
  }

  #handle({ form, parts }: Script, located: Located): boolean {
    const { roles, closing } = form.plan;
    if (!roles.every((role) => this.#attend(role, form, located))) return false;
    for (const part of parts) {
      const { stream } = part.form.plan;
      if (stream !== undefined && this.root !== undefined && !this.#goOn(this.root, stream, part.form, false))
        return false;
      if (!this.#handle(part, [...located])) return false;
    }
    return closing.every((role) => this.#leave(role, form, located));
  }

  #attend(role: Role, form: Form, located: Located): boolean {
    const { scope } = role;
    if (role.part === "observer" || (role.part !== "own" && located[scope.index] !== undefined)) return true;
    const parent = scope.parent === undefined ? undefined : located[scope.parent.index];
    if (parent === undefined) return false;
    const node = parent.children[scope.slot];
    located[scope.index] = node;
    if (role.part === "path") return node !== undefined;
    if (node !== undefined) return this.#goOn(node, role, form, false);
    if (role.opens === undefined) return false;
    const opened = this.#open(role.opens, form);
    parent.children[scope.slot] = opened;
    located[scope.index] = opened;
    return this.#goOn(opened, role, form, true);
  }

  #open(kind: KindPlan, form: Form): Node {
    const node: Node = { kind, step: 0, marks: 0, obliged: false, last: "", children: [] };
    this.#move(node, namesOf(node, form)?.open, undefined);
    return node;
  }

  #goOn(node: Node, role: Role, form: Form, opened: boolean): boolean {
    const part = role.kinds[node.kind.index];
    const stream = node.kind.scope === this.#stream;
    if (part === undefined || (!opened && !part.admits && !stream)) return false;
    if (part.inner !== undefined && !opened) {
      if (!takeStep(node, part.inner)) return false;
      this.#move(node, namesOf(node, form)?.inner, undefined);
    }
    if (part.obliges) node.obliged = true;
    return true;
  }

  #leave(role: Role, form: Form, located: Located): boolean {
    const { scope } = role;
    const node = located[scope.index];
    if (scope.parent === undefined) return node === undefined || this.#leaveStream(node, role, form);
    const parent = located[scope.parent.index];
    const child = parent?.children[scope.slot];
    if (parent === undefined || child === undefined) return true;
    const part = role.kinds[child.kind.index];
    if (role.aborts && part?.aborts === true) this.#abort(child, form);
    else if (node !== child || part?.closes !== true) return true;
    else if (!this.#close(child, form)) return false;
    parent.children[scope.slot] = undefined;
    return true;
  }

  #leaveStream(node: Node, role: Role, form: Form): boolean {
    const part = role.kinds[node.kind.index];
    if (part?.closes === true) {
      if (!this.#close(node, form)) return false;
    } else if (part?.aborts === true) this.#abort(node, form);
    else return true;
    this.ended = true;
    return true;
  }

  #close(node: Node, form: Form): boolean {
    if (!this.#finish(node)) return false;
    this.#move(node, namesOf(node, form)?.close, "close");
    return true;
  }

  #abort(node: Node, form: Form): void {
    this.#move(node, namesOf(node, form)?.abort, "abort");
  }

  /** Closed in order: its steps are complete, its children closed, or in no need of it. */
  #finish(node: Node): boolean {
    return isComplete(node, node.step, node.kind.steps.length) && this.#finishChildren(node, true);
  }

  #finishChildren(node: Node, inOrder: boolean): boolean {
    return node.children.every((child) => {
      if (child === undefined) return true;
      const { close, mustClose } = child.kind;
      if (close.length > 0 && (mustClose === "always" || (mustClose === "inObligation" && child.obliged))) return false;
      if (close.length === 0 && inOrder && !isComplete(child, child.step, child.kind.steps.length)) return false;
      this.#move(child, undefined, "parent");
      return this.#finishChildren(child, inOrder && close.length === 0);
    });
  }

  #move(node: Node, to: string | undefined, ends: Transition["ends"]): void {
    if (node.kind.scope !== this.#focus) return;
    this.transitions.push({ kind: node.kind, from: node.last === "" ? undefined : node.last, to, ends });
    node.last = to ?? "";
  }
}

/** What the event is called, by what it does in the node's kind of scope. */
function namesOf({ kind }: Node, form: Form): Form["names"][number][number] | undefined {
  return form.names[kind.scope.index]?.[kind.index];
}

function takeStep(node: Node, inner: InnerPlan): boolean {
  if (inner.step < node.step || !isComplete(node, node.step, inner.step)) return false;
  node.step = inner.step;
  if (inner.mark === -1) return true;
  const seen = (node.marks & (1 << inner.mark)) !== 0;
  node.marks |= 1 << inner.mark;
  return !seen || inner.times === "some";
}

function isComplete(node: Node, from: number, to: number): boolean {
  const between = node.kind.steps.slice(from, to).flat();
  return between.every(({ times, mark }) => {
    return (times !== "once" && times !== "some") || (node.marks & (1 << mark)) !== 0;
  });
}

export function copy(node: Node | undefined): Node | undefined {
  return node === undefined ? undefined : { ...node, children: node.children.map(copy) };
}

/** The same for the same state. */
export function nameOf(node: Node | undefined): string {
  if (node === undefined) return "";
  const { kind, step, marks, obliged, last, children } = node;
  return `${kind.index},${step},${marks},${obliged ? 1 : 0},${last}(${children.map(nameOf).join(";").replace(/;+$/, "")})`;
}
