import type {
  Counter,
  Joined,
  KindDefinition,
  Place,
  ScopeDefinition,
  Step,
  Times,
} from "../definition/protocol-file.ts";
import { type Pattern, parsePattern, parsePatterns } from "./pattern.ts";

/** A scope, or one of its kinds, with all that it inherits. */
export interface Kind {
  /** The kind's name; the scope's for the kind that the scope's own `open` makes. */
  readonly name: string;
  /** Tokens of its JSON Pointer in the file. */
  readonly path: readonly string[];
  readonly open: readonly Pattern[];
  readonly steps: readonly (readonly InnerEvent[])[];
  readonly close: readonly Pattern[];
  readonly abort: readonly Pattern[];
  readonly mustClose: boolean | readonly Pattern[];
  /** Where its `opening` schema is, if it has one. */
  readonly opening: Declared<readonly string[]> | undefined;
  readonly constant: readonly Declared<Place>[];
  readonly counters: readonly Declared<Counter>[];
  readonly joined: readonly Declared<Joined>[];
  /** Who declares `inner`: the kind or the scope. Rules about steps bear its name. */
  readonly innerOwner: string;
}

interface InnerEvent {
  readonly pattern: Pattern;
  readonly times: Times;
}

/** Something with a name, and the kind or scope that declares it: the first part of its rule's id. */
export interface Declared<T> {
  readonly name: string;
  readonly owner: string;
  readonly value: T;
}

/** The kinds of a scope, in the file's order; the scope's own `open` is the last, the fallback. */
export function kindsOf(name: string, scope: ScopeDefinition): readonly Kind[] {
  const kinds = Object.entries(scope.kinds ?? {}).map(([kind, definition]) => merge(name, scope, kind, definition));
  if (kinds.length === 0 || scope.open !== undefined) kinds.push(merge(name, scope, name, {}));
  return kinds;
}

function merge(scopeName: string, scope: ScopeDefinition, name: string, kind: KindDefinition): Kind {
  const path = name === scopeName ? ["scopes", scopeName] : ["scopes", scopeName, "kinds", name];
  const opening = kind.opening !== undefined ? [...path, "opening"] : ["scopes", scopeName, "opening"];
  const openingOwner = kind.opening !== undefined ? name : scopeName;
  return {
    name,
    path,
    open: parsePatterns(kind.open ?? scope.open),
    steps: parseSteps(kind.inner ?? scope.inner),
    close: parsePatterns(kind.close ?? scope.close),
    abort: parsePatterns(kind.abort ?? scope.abort),
    mustClose: parseMustClose(kind.mustClose ?? scope.mustClose),
    opening:
      (kind.opening ?? scope.opening) === undefined
        ? undefined
        : { name: "opening", owner: openingOwner, value: opening },
    constant: inherit(scopeName, scope.constant, name, kind.constant),
    counters: inherit(scopeName, scope.counters, name, kind.counters),
    joined: inherit(scopeName, scope.joined, name, kind.joined),
    innerOwner: kind.inner !== undefined ? name : scopeName,
  };
}

function parseSteps(inner: Step | readonly Step[] | undefined): readonly (readonly InnerEvent[])[] {
  if (inner === undefined) return [];
  const steps = isList(inner) ? inner : [inner];
  return steps.map((step) =>
    Object.entries(step).map(([pattern, times]) => ({ pattern: parsePattern(pattern), times })),
  );
}

function isList(inner: Step | readonly Step[]): inner is readonly Step[] {
  return Array.isArray(inner);
}

function parseMustClose(mustClose: KindDefinition["mustClose"]): boolean | readonly Pattern[] {
  if (mustClose === undefined) return true;
  return typeof mustClose === "boolean" ? mustClose : mustClose.map(parsePattern);
}

type Named<T> = Readonly<Record<string, T>> | undefined;

/** By name: a kind takes over the scope's values and may replace each of them. */
function inherit<T>(scope: string, above: Named<T>, kind: string, own: Named<T>): readonly Declared<T>[] {
  const declared = new Map<string, Declared<T>>();
  for (const [name, value] of Object.entries(above ?? {})) declared.set(name, { name, owner: scope, value });
  for (const [name, value] of Object.entries(own ?? {})) declared.set(name, { name, owner: kind, value });
  return [...declared.values()];
}

/** Every pattern by which a kind names an event. */
export function namedBy(kind: Kind): readonly Pattern[] {
  return [...kind.open, ...kind.steps.flat().map((inner) => inner.pattern), ...kind.close, ...kind.abort];
}
