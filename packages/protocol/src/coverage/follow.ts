import { valueAt } from "../compile/place.ts";
import type { PartPlan, ProtocolPlan, Role, TypeEntry, TypePlan } from "../compile/plan.ts";
import { planOf } from "../compile/subtype.ts";
import type { RuleInfo } from "../rules.ts";
import type { Form } from "./forms.ts";
import { holdClosing, holdOpening, holdWithin } from "./held.ts";
import { OpenScope, type ScopeKey } from "./open-scope.ts";
import { type Transition, transitionId } from "./transitions.ts";

/** What is told of a stream, as it goes on. */
export interface Sightings {
  form(plan: TypePlan, data: unknown): void;
  transition(id: string): void;
  held(rule: RuleInfo): void;
}

/** By scope; null: the event should be in one, and none can be told. */
type Located = (OpenScope | null | undefined)[];

/** As many as the monitor keeps. What is opened beyond it is not followed. */
const MOST_OPEN = 50_000;

/**
 * Follows the scopes of one stream up to its first error. A monitor says what is wrong; here everything is right, so that what
 * an event does can be read off its roles. What does not fit (its rule is off, or a warning) is left out.
 */
export class Follower {
  ended = false;
  readonly #plan: ProtocolPlan;
  readonly #forms: ReadonlyMap<TypePlan, Form>;
  readonly #sightings: Sightings;
  #root: OpenScope | undefined;
  #open = 0;

  constructor(plan: ProtocolPlan, forms: ReadonlyMap<TypePlan, Form>, sightings: Sightings) {
    this.#plan = plan;
    this.#forms = forms;
    this.#sightings = sightings;
  }

  /** One event of a known type. */
  event(entry: TypeEntry, data: unknown): void {
    const plan = planOf(entry, data);
    this.#sightings.form(plan, data);
    if (this.ended) return;
    const role = plan.stream;
    const opened = this.#root === undefined;
    if (this.#root === undefined) {
      if (role?.opens === undefined) return;
      this.#sightings.held(role.scope.rules.notOpen);
      this.#root = this.#create(plan, role, role.opens, "", { opened: 0, closed: 0 });
    }
    const located: Located = [];
    located[this.#plan.stream.index] = this.#root;
    if (role !== undefined) this.#goOn(plan, role, this.#root, data, opened);
    this.#handle(plan, data, located);
  }

  /** The end of input. A stream's scope that nothing closes ends here. */
  end(): void {
    if (this.#root === undefined || this.ended || this.#root.kind.close.length > 0) return;
    this.#finish(this.#root);
    this.#move(this.#root, undefined, "parent");
    this.ended = true;
  }

  #handle(plan: TypePlan, data: unknown, located: Located): void {
    for (const role of plan.roles) this.#attend(plan, role, data, located);
    for (const part of plan.parts) {
      const value = valueAt(data, part.pointer);
      if (Array.isArray(value)) for (const element of value) this.#handlePart(part, element, located);
      else if (typeof value === "object" && value !== null) this.#handlePart(part, value, located);
    }
    for (const role of plan.closing) this.#leave(plan, role, located);
  }

  #handlePart(part: PartPlan, data: unknown, above: Located): void {
    const plan = planOf(part.entry(), data);
    this.#sightings.form(plan, data);
    if (plan.stream !== undefined && this.#root !== undefined) this.#goOn(plan, plan.stream, this.#root, data, false);
    this.#handle(plan, data, [...above]);
  }

  #attend(plan: TypePlan, role: Role, data: unknown, located: Located): void {
    const { scope } = role;
    if (role.part !== "own" && located[scope.index] !== undefined) return;
    located[scope.index] = null;
    const parent = scope.parent === undefined ? undefined : located[scope.parent.index];
    const key = scope.keyed ? keyOf(role, data) : "";
    if (parent === undefined || parent === null || key === undefined) return;
    const siblings = parent.siblings(scope);
    const open = siblings.open.get(key);
    if (open !== undefined) {
      located[scope.index] = open;
      if (role.part === "path") open.read(role.kinds[open.kind.index] ?? NO_PART, data, this.#hold);
      else this.#goOn(plan, role, open, data, false);
    } else if (role.part === "own" && role.opens !== undefined && this.#open < MOST_OPEN) {
      const opened = this.#create(plan, role, role.opens, key, siblings);
      siblings.opened += 1;
      siblings.open.set(key, opened);
      located[scope.index] = opened;
      this.#goOn(plan, role, opened, data, true);
    }
  }

  #create(
    plan: TypePlan,
    { scope }: Role,
    kind: OpenScope["kind"],
    key: ScopeKey,
    before: { readonly opened: number; readonly closed: number },
  ): OpenScope {
    const open = new OpenScope(kind, key);
    this.#open += 1;
    holdOpening(this.#hold, scope, kind, before);
    this.#move(open, this.#names(plan, open)?.open, undefined);
    return open;
  }

  #goOn(plan: TypePlan, role: Role, open: OpenScope, data: unknown, opened: boolean): void {
    const part = role.kinds[open.kind.index];
    if (part === undefined) return;
    if (!opened && (part.admits || role.part === "own")) {
      if (part.admits) holdWithin(this.#hold, role, open, part);
      if (part.inner !== undefined) this.#move(open, this.#names(plan, open)?.inner, undefined);
    }
    if (opened || part.admits || role.part !== "own" || role.scope.parent === undefined)
      open.read(part, data, this.#hold);
  }

  #leave(plan: TypePlan, role: Role, located: Located): void {
    const { scope } = role;
    if (scope.parent === undefined) {
      this.#leaveStream(plan, role);
      return;
    }
    const parent = located[scope.parent.index];
    const siblings = parent?.siblings(scope);
    if (siblings === undefined) return;
    const here = located[scope.index];
    for (const open of role.aborts ? [...siblings.open.values()] : []) {
      if (role.kinds[open.kind.index]?.aborts !== true) continue;
      this.#move(open, this.#names(plan, open)?.abort, "abort");
      this.#forget(open, siblings);
    }
    if (here === undefined || here === null || role.kinds[here.kind.index]?.closes !== true) return;
    if (siblings.open.get(here.key) !== here) return;
    this.#finish(here);
    this.#move(here, this.#names(plan, here)?.close, "close");
    this.#forget(here, siblings);
  }

  #leaveStream(plan: TypePlan, role: Role): void {
    const root = this.#root;
    const part = root === undefined ? undefined : role.kinds[root.kind.index];
    if (root === undefined || part === undefined || !(part.closes || part.aborts)) return;
    if (part.closes) this.#finish(root);
    else this.#sightings.held(root.kind.scope.rules.closed);
    const names = this.#names(plan, root);
    this.#move(root, part.closes ? names?.close : names?.abort, part.closes ? "close" : "abort");
    this.ended = true;
  }

  /** Closed in order: what is open in it and needs no closing of its own ends with it. */
  #finish(open: OpenScope): void {
    holdClosing(this.#hold, open);
    open.readAtClose(this.#hold);
    for (const child of open.inside()) {
      if (child.kind.close.length === 0) this.#finish(child);
      this.#move(child, undefined, "parent");
      this.#open -= 1;
    }
  }

  #forget(open: OpenScope, siblings: { readonly open: Map<ScopeKey, OpenScope>; closed: number }): void {
    siblings.open.delete(open.key);
    siblings.closed += 1;
    this.#open -= 1;
  }

  #move(open: OpenScope, to: string | undefined, ends: Transition["ends"]): void {
    this.#sightings.transition(transitionId({ kind: open.kind, from: open.last, to, ends }));
    open.last = to;
  }

  #names(plan: TypePlan, { kind }: OpenScope): Form["names"][number][number] | undefined {
    return this.#forms.get(plan)?.names[kind.scope.index]?.[kind.index];
  }

  readonly #hold = (rule: RuleInfo): void => this.#sightings.held(rule);
}

const NO_PART: Role["kinds"][number] = {
  admits: false,
  inner: undefined,
  closes: false,
  aborts: false,
  obliges: false,
  reads: false,
  constants: [],
  counters: [],
  joinedOf: [],
  joinedAt: [],
};

/** The key of the instance that an event belongs to; of a compound key the absent parts are null. */
function keyOf({ key }: Role, data: unknown): ScopeKey | undefined {
  const parts = key.map((pointer) => (pointer === undefined ? undefined : scalar(valueAt(data, pointer))));
  if (parts.every((part) => part === undefined)) return undefined;
  return parts.length === 1 ? parts[0] : JSON.stringify(parts.map((part) => part ?? null));
}

function scalar(value: unknown): ScopeKey | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
