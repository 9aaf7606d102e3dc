import { toPointer } from "../../payload/pointer.ts";
import type { KindDefinition, Pattern, Place, ProtocolFile, ScopeDefinition } from "../protocol-file.ts";
import { list } from "./patterns.ts";

/** A pattern, and where in the file it is used. */
export interface PatternUse {
  readonly pattern: Pattern;
  readonly pointer: string;
  /** It is a key of an object. */
  readonly onKey: boolean;
}

type Path = readonly (string | number)[];

/** Every pattern by which the scopes name events, in the file's order. */
export function* patternUses(file: ProtocolFile): Generator<PatternUse> {
  for (const [name, scope] of Object.entries(file.scopes)) yield* ofScope(scope, ["scopes", name]);
}

function* ofScope(scope: ScopeDefinition, path: Path): Generator<PatternUse> {
  yield* ofKind(scope, path);
  yield* ofAfter(scope.after, [...path, "after"]);
  yield* ofPlaces(scope.key, [...path, "key"]);
  for (const [name, kind] of Object.entries(scope.kinds ?? {})) yield* ofKind(kind, [...path, "kinds", name]);
}

function* ofAfter(after: ScopeDefinition["after"], path: Path): Generator<PatternUse> {
  if (typeof after === "object" && !Array.isArray(after)) yield* ofKeys(after, path);
  else if (typeof after === "string" || isPatterns(after)) yield* ofList(after, path);
}

function isPatterns(after: ScopeDefinition["after"]): after is readonly Pattern[] {
  return Array.isArray(after);
}

function* ofKind(kind: KindDefinition, path: Path): Generator<PatternUse> {
  yield* ofList(kind.open, [...path, "open"]);
  yield* ofList(kind.close, [...path, "close"]);
  yield* ofList(kind.abort, [...path, "abort"]);
  if (typeof kind.mustClose === "object") yield* ofList(kind.mustClose, [...path, "mustClose"]);
  for (const [index, step] of list(kind.inner).entries()) {
    yield* ofKeys(step, Array.isArray(kind.inner) ? [...path, "inner", index] : [...path, "inner"]);
  }
  for (const [name, place] of Object.entries(kind.constant ?? {})) yield* ofPlaces(place, [...path, "constant", name]);
  for (const [name, { of }] of Object.entries(kind.counters ?? {}))
    yield* ofPlaces(of, [...path, "counters", name, "of"]);
  for (const [name, { of, at }] of Object.entries(kind.joined ?? {})) {
    yield* ofPlaces(of, [...path, "joined", name, "of"]);
    yield* ofPlaces(at, [...path, "joined", name, "at"]);
  }
}

function* ofList(patterns: Pattern | readonly Pattern[] | undefined, path: Path): Generator<PatternUse> {
  for (const [index, pattern] of list(patterns).entries()) {
    yield { pattern, pointer: toPointer(...path, ...(Array.isArray(patterns) ? [index] : [])), onKey: false };
  }
}

function* ofPlaces(places: Place | readonly Place[] | undefined, path: Path): Generator<PatternUse> {
  for (const [index, place] of list(places).entries()) {
    if (typeof place === "object") yield* ofKeys(place, Array.isArray(places) ? [...path, index] : path);
  }
}

function* ofKeys(object: object, path: Path): Generator<PatternUse> {
  for (const pattern of Object.keys(object)) yield { pattern, pointer: toPointer(...path, pattern), onKey: true };
}
