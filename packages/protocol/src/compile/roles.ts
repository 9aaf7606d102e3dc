import type { Place } from "../definition/protocol-file.ts";
import { type Kind, namedBy } from "./kinds.ts";
import { matches, mostSpecific, type Pattern, parsePattern, type Variant } from "./pattern.ts";
import { type Pointer, resolvePlace } from "./place.ts";
import type { KindRole, Part, Reading, Role } from "./plan.ts";
import { refuse } from "./refuse.ts";
import type { KindSource, ScopeSource } from "./scopes.ts";

/** What one type and subtype does in each scope that it concerns, in the file's order. */
export function compileRoles(scopes: readonly ScopeSource[], variant: Variant, isPart: boolean): readonly Role[] {
  const roles: Role[] = [];
  for (const scope of scopes) {
    const part = partIn(scope, scopes, variant);
    if (part !== undefined) roles.push(compileRole(scope, part, variant, isPart));
  }
  return roles;
}

function partIn(scope: ScopeSource, scopes: readonly ScopeSource[], variant: Variant): Part | undefined {
  const stream = scope.plan.parent === undefined;
  const named = names(scope, variant);
  if (named && (stream || continuesOrOpens(scope, variant))) return "own";
  // The stream's scope is always at hand; that it is open is the gate's business.
  if (!stream && scopes.some((other) => isInside(other, scope) && names(other, variant))) return "path";
  // What only aborts the instances of a scope has no key of its own there.
  const observed = scope.kinds.some(({ kind }) => placesOf(kind).some((place) => observes(place, variant)));
  return named || observed ? "observer" : undefined;
}

function names(scope: ScopeSource, variant: Variant): boolean {
  return scope.kinds.some(({ kind }) => namedBy(kind).some((pattern) => matches(pattern, variant)));
}

function continuesOrOpens(scope: ScopeSource, variant: Variant): boolean {
  return scope.kinds.some(({ kind }) => namedBy({ ...kind, abort: [] }).some((pattern) => matches(pattern, variant)));
}

function isInside(inner: ScopeSource, outer: ScopeSource): boolean {
  for (let scope = inner.plan.parent; scope !== undefined; scope = scope.parent) if (scope === outer.plan) return true;
  return false;
}

function placesOf(kind: Kind): readonly Place[] {
  return [
    ...kind.constant.map(({ value }) => value),
    ...kind.counters.map(({ value }) => value.of),
    ...kind.joined.flatMap(({ value }) => (value.at === "close" ? [value.of] : [value.of, value.at])),
  ];
}

/** A bare pointer is for own events; only a map can reach further. */
function observes(place: Place, variant: Variant): boolean {
  return typeof place !== "string" && resolvePlace(place, variant, false) !== undefined;
}

function compileRole(scope: ScopeSource, part: Part, variant: Variant, isPart: boolean): Role {
  const kinds = scope.kinds.map((kind) => compileKindRole(kind, variant, scope.plan.parent === undefined));
  const key = scope.definition.key;
  const places = key === undefined ? [] : isPlaceList(key) ? key : [key];
  const pointers = places.map((place) => resolvePlace(place, variant, true));
  const needsKey = part === "own" || (part === "path" && !isPart);
  if (needsKey && places.length > 0 && pointers.every((pointer) => pointer === undefined)) {
    refuse(`"${label(variant)}" has no key here, but "${scope.plan.name}" needs one`, [
      "scopes",
      scope.plan.name,
      "key",
    ]);
  }
  const opens = part === "own" ? openedKind(scope, variant) : undefined;
  return {
    part,
    scope: scope.plan,
    key: pointers,
    opens,
    opensOnly: opens !== undefined && !kinds.some((kind) => kind.inner !== undefined || kind.closes || kind.aborts),
    kinds,
    closes: kinds.some((kind) => kind.closes),
    aborts: kinds.some((kind) => kind.aborts),
  };
}

function isPlaceList(key: Place | readonly Place[]): key is readonly Place[] {
  return Array.isArray(key);
}

function label(variant: Variant): string {
  return typeof variant.subtype === "string" ? `${variant.name}[${variant.subtype}]` : variant.name;
}

function openedKind(scope: ScopeSource, variant: Variant): Role["opens"] {
  const entries = scope.kinds.flatMap(({ kind, plan }) => kind.open.map((pattern) => [pattern, plan] as const));
  const best = mostSpecific(entries, variant);
  const rank = mostSpecific(
    entries.map(([pattern]) => [pattern, pattern.rank] as const),
    variant,
  );
  const rivals = entries.filter(
    ([pattern, plan]) => pattern.rank === rank && plan !== best && matches(pattern, variant),
  );
  const [rival] = rivals;
  if (best !== undefined && rival !== undefined) {
    refuse(`"${label(variant)}" opens both "${best.name}" and "${rival[1].name}"`, [
      "scopes",
      scope.plan.name,
      "kinds",
    ]);
  }
  return best;
}

function compileKindRole({ kind, plan }: KindSource, variant: Variant, stream: boolean): KindRole {
  const any = (patterns: readonly Pattern[]): boolean => patterns.some((pattern) => matches(pattern, variant));
  const steps = kind.steps.flatMap((step, s) => step.map((inner, i) => [inner.pattern, plan.steps[s]?.[i]] as const));
  const inner = mostSpecific(steps, variant);
  const closes = any(kind.close);
  const aborts = any(kind.abort);
  const own = inner !== undefined || closes || any(kind.open) || (stream && aborts);
  const pointer = (place: Place): Pointer | undefined => resolvePlace(place, variant, own);
  const constants = readings(plan.constants, (slot) => kind.constant[slot]?.value, pointer);
  const counters = readings(plan.counters, (slot) => kind.counters[slot]?.value.of, pointer);
  const joinedOf = readings(plan.joined, (slot) => kind.joined[slot]?.value.of, pointer);
  const at = (slot: number): Place | undefined => {
    const place = kind.joined[slot]?.value.at;
    return place === "close" ? undefined : place;
  };
  const joinedAt = readings(plan.joined, at, pointer);
  const obliging = typeof kind.mustClose === "boolean" ? [] : kind.mustClose;
  return {
    admits: inner !== undefined || closes || (any(kind.open) && aborts),
    inner,
    closes,
    aborts,
    obliges: any(obliging),
    reads: [constants, counters, joinedOf, joinedAt].some((list) => list.length > 0),
    constants,
    counters,
    joinedOf,
    joinedAt,
  };
}

function readings<T extends { readonly slot: number }>(
  plans: readonly T[],
  placeOf: (slot: number) => Place | undefined,
  pointer: (place: Place) => Pointer | undefined,
): readonly Reading<T>[] {
  return plans.flatMap((of) => {
    const place = placeOf(of.slot);
    const at = place === undefined ? undefined : pointer(place);
    return at === undefined ? [] : [{ of, at }];
  });
}

/** Every exact type that the scopes name, and every subtype and prefix. */
export function patternsOf(scopes: readonly ScopeSource[]): readonly Pattern[] {
  const keys = scopes.flatMap(({ definition: { key } }) => (key === undefined ? [] : isPlaceList(key) ? key : [key]));
  const kinds = scopes.flatMap((scope) => scope.kinds.map(({ kind }) => kind));
  const places = [...keys, ...kinds.flatMap(placesOf)];
  const lists = kinds.flatMap((kind) => (typeof kind.mustClose === "boolean" ? [] : kind.mustClose));
  return [
    ...kinds.flatMap(namedBy),
    ...lists,
    ...places.flatMap((place) => (typeof place === "string" ? [] : Object.keys(place).map(parsePattern))),
  ];
}
