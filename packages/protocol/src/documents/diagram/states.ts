import { type Kind, kindsOf } from "../../compile/kinds.ts";
import { covers, type Pattern, parsePatterns } from "../../compile/pattern.ts";
import type { ProtocolFile, ScopeDefinition } from "../../definition/protocol-file.ts";
import type { Arrow, CompositeState, End, Graph, PlainState, Start, State } from "./model.ts";
import { closingNotes, keyWords, kindNotes, scopeNotes } from "./notes.ts";
import { rowOf } from "./steps.ts";

/** The states of a protocol: its stream's scope, from the first event to the last. */
export function statesOf(file: ProtocolFile): Graph {
  const [stream] = Object.keys(file.scopes);
  if (stream === undefined) return { states: [], arrows: [] };
  return new Drawing(file).life(stream);
}

/** One scope while it is drawn. */
interface Scope {
  readonly name: string;
  readonly definition: ScopeDefinition;
  readonly kinds: readonly Kind[];
  readonly id: string;
}

/** A state that stands for open instances, and the kinds that can be in it. */
interface Open {
  readonly state: State;
  readonly kinds: readonly Kind[];
  /** Of one of several states in a row: can it be the first, can it be the last, and what leads on from it? */
  readonly enter?: boolean;
  readonly leave?: boolean;
  readonly arrows?: readonly Arrow[];
}

class Drawing {
  readonly #scopes: ReadonlyMap<string, ScopeDefinition>;
  readonly #ids = new Set<string>();

  constructor(file: ProtocolFile) {
    this.#scopes = new Map(Object.entries(file.scopes));
  }

  /** A scope from before its opening to after its end. */
  life(name: string): Graph {
    const definition = this.#scopes.get(name) ?? {};
    const scope: Scope = { name, definition, kinds: kindsOf(name, definition), id: this.#id(name) };
    const opens = this.#inline(scope) ?? this.#opens(scope);
    return definition.in === undefined || definition.reuse === false ? once(scope, opens) : again(scope, opens);
  }

  /** The steps of a scope of one kind, with nothing in it and no early end, need no state around them. */
  #inline({ name, definition, kinds, id }: Scope): readonly Open[] | undefined {
    const [kind, ...others] = kinds;
    if (kind === undefined || others.length > 0 || kind.abort.length > 0 || definition.in === undefined)
      return undefined;
    if ([...this.#scopes.values()].some((child) => child.in === name)) return undefined;
    const { states, arrows, first, last } = rowOf(kind, this.#id(`${id}_open`), "open");
    return states.map((state) => ({
      state,
      kinds: [kind],
      enter: state === first,
      leave: last.includes(state),
      arrows: arrows.filter(({ from }) => from === state.id),
    }));
  }

  #opens(scope: Scope): readonly Open[] {
    const { name, kinds, definition } = scope;
    const regions = [...this.#scopes].filter(([, child]) => child.in === name).map(([child]) => this.#region(child));
    const together = kinds.length > 1 && sameEnd(kinds);
    if (regions.length === 0 && !together) {
      return kinds.map((kind) => ({ state: this.#kind(scope, kind), kinds: [kind] }));
    }
    const state: CompositeState = {
      shape: "composite",
      id: this.#id(`${scope.id}_open`),
      title: definition.in === undefined ? name : "open",
      detail: "",
      many: false,
      notes: definition.in === undefined ? scopeNotes(name, definition) : [],
      regions: [...this.#own(scope), ...regions],
    };
    return [{ state, kinds }];
  }

  /** A child scope, as one of the things that happen at once in its parent. */
  #region(name: string): Graph {
    const definition = this.#scopes.get(name) ?? {};
    const { many, detail } = cardinality(definition);
    const notes = scopeNotes(name, definition);
    const id = this.#id(`${name}_scope`);
    return {
      states: [{ shape: "composite", id, title: name, detail, many, notes, regions: [this.life(name)] }],
      arrows: [],
    };
  }

  /** The kinds of a scope, or its own steps, inside the state that stands for its being open. */
  #own(scope: Scope): readonly Graph[] {
    const [only, ...others] = scope.kinds;
    if (only === undefined) return [];
    if (others.length === 0) {
      return only.steps.length === 0 ? [] : [this.#row(only, this.#id(`${scope.id}_steps`), "begun")];
    }
    const start: Start = { shape: "start", id: this.#id(`${scope.id}_start`) };
    const states = scope.kinds.map((kind) => this.#kind(scope, kind));
    const outer = ownOpening(scope.definition, scope.kinds);
    const arrows = scope.kinds.map((kind, index): Arrow => {
      const events = kind.open.map((pattern) => within(pattern, outer));
      return { from: start.id, to: states[index]?.id ?? start.id, events, abort: false };
    });
    return [{ states: [start, ...states], arrows }];
  }

  #row(kind: Kind, id: string, title: string): Graph {
    const { states, arrows, first, last } = rowOf(kind, id, title);
    if (states.length === 1) return { states, arrows };
    const start: Start = { shape: "start", id: `${id}_start` };
    const end: End = { shape: "end", id: `${id}_end` };
    return {
      states: [start, ...states, end],
      arrows: [
        { from: start.id, to: first.id, events: [], abort: false },
        ...arrows,
        ...last.map(({ id: from }) => ({ from, to: end.id, events: [], abort: false })),
      ],
    };
  }

  /** A kind that is open: one state if it has no steps to go through. */
  #kind({ name, id: scopeId, kinds, definition }: Scope, kind: Kind): State {
    const fallback = kind.name === name && kinds.length > 1;
    const title = kinds.length === 1 ? "open" : fallback ? "any other" : kind.name;
    const id = this.#id(`${scopeId}_${kind.name}`);
    const own = kind.name === name ? undefined : definition.kinds?.[kind.name];
    const notes = own === undefined ? [] : [...closingNotes(own.mustClose), ...kindNotes(kind, kind.name)];
    const row = rowOf(kind, id, title);
    if (row.states.length === 1) return { ...row.first, id, notes };
    const graph = this.#row(kind, id, "begun");
    return { shape: "composite", id, title, detail: "", many: false, notes, regions: [graph] };
  }

  /** Unique also where two names differ in signs only that an id cannot have. */
  #id(name: string): string {
    const plain = name.replaceAll(/[^A-Za-z0-9_]/g, "_");
    let id = plain;
    for (let count = 2; this.#ids.has(id); count += 1) id = `${plain}_${count}`;
    this.#ids.add(id);
    return id;
  }
}

/** Opened and ended once: there is no way back. */
function once({ id, definition }: Scope, opens: readonly Open[]): Graph {
  const start: Start = { shape: "start", id: `${id}_start` };
  const end: End = { shape: "end", id: `${id}_end` };
  const after = texts(parsePatterns(definition.after));
  const ended: PlainState | undefined =
    after.length === 0 ? undefined : { shape: "state", id: `${id}_ended`, title: "ended", loops: after, notes: [] };
  const arrows = opens.flatMap((open) => [...entry(definition, start, open), ...exits(open, (ended ?? end).id)]);
  const ends = arrows.some(({ to }) => to === (ended ?? end).id);
  return { states: [start, ...opens.map(({ state }) => state), ...(ends ? [ended ?? end] : [])], arrows };
}

/** Opened and closed any number of times. */
function again({ id, definition }: Scope, opens: readonly Open[]): Graph {
  const start: Start = { shape: "start", id: `${id}_start` };
  if (opens.every(({ kinds }) => exits({ state: start, kinds }, id).length === 0)) {
    return {
      states: [start, ...opens.map(({ state }) => state)],
      arrows: opens.flatMap((open) => entry(definition, start, open)),
    };
  }
  const closed: PlainState = { shape: "state", id: `${id}_closed`, title: "closed", loops: [], notes: [] };
  const arrows = opens.flatMap((open) => [...entry(definition, closed, open), ...exits(open, closed.id)]);
  return {
    states: [start, closed, ...opens.map(({ state }) => state)],
    arrows: [{ from: start.id, to: closed.id, events: [], abort: false }, ...arrows],
  };
}

function entry(definition: ScopeDefinition, from: State, { state, kinds, enter }: Open): readonly Arrow[] {
  if (enter === false) return [];
  const events = kinds.length === 1 ? (kinds[0]?.open ?? []) : ownOpening(definition, kinds);
  return [{ from: from.id, to: state.id, events: texts(events), abort: false }];
}

/** The scope's own `open`, where it says for all kinds what opens them; which kind it is, is said inside. */
function ownOpening(definition: ScopeDefinition, kinds: readonly Kind[]): readonly Pattern[] {
  const own = parsePatterns(definition.open);
  return kinds.every(({ open }) => open.every((pattern) => own.some((outer) => covers(outer, pattern)))) ? own : [];
}

/** Where the arrow into the scope has said the type, only the subtype is left to say. */
function within({ text, name, subtype }: Pattern, outer: readonly Pattern[]): string {
  const [only, ...others] = outer;
  if (only === undefined || others.length > 0 || only.name !== name) return text;
  return typeof subtype === "string" ? `[${subtype}]` : "otherwise";
}

/** All kinds of one open state end in the same way. */
function exits({ state, kinds, leave, arrows: onwards = [] }: Open, to: string): readonly Arrow[] {
  const [kind] = kinds;
  if (kind === undefined || leave === false) return onwards;
  const arrows: Arrow[] = [...onwards];
  if (kind.close.length > 0) arrows.push({ from: state.id, to, events: texts(kind.close), abort: false });
  if (kind.abort.length > 0) arrows.push({ from: state.id, to, events: texts(kind.abort), abort: true });
  return arrows;
}

function sameEnd(kinds: readonly Kind[]): boolean {
  const ends = new Set(kinds.map(({ close, abort }) => JSON.stringify([texts(close), texts(abort)])));
  return ends.size === 1;
}

function cardinality({ key, exclusive }: ScopeDefinition): { readonly many: boolean; readonly detail: string } {
  if (key === undefined) return { many: false, detail: "one at a time" };
  const by = `by ${keyWords(key)}`;
  return exclusive === true
    ? { many: false, detail: `one at a time, ${by}` }
    : { many: true, detail: `several at once, ${by}` };
}

function texts(patterns: readonly Pattern[]): readonly string[] {
  return patterns.map(({ text }) => text);
}
