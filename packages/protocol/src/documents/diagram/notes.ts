import { type Kind, kindsOf } from "../../compile/kinds.ts";
import type { Counter, Joined, KindDefinition, Place, ScopeDefinition } from "../../definition/protocol-file.ts";

/** What a scope says beyond its events, a line each; with one kind, what that says too. */
export function scopeNotes(name: string, scope: ScopeDefinition): readonly string[] {
  const notes: string[] = [];
  if (scope.numbered !== undefined) {
    const { from, step = 1 } = scope.numbered;
    const by = step === 1 ? "" : ` by ${step}`;
    notes.push(`${keyWords(scope.key)} counts up${by}${from === undefined ? "" : ` from ${from}`}`);
  }
  if (scope.key !== undefined && scope.reuse === false) notes.push(`${keyWords(scope.key)} is used once`);
  notes.push(...closingNotes(scope.mustClose));
  const kinds = kindsOf(name, scope);
  // What every kind has from the scope is said once, with the scope.
  const shared = kinds.flatMap((kind) => kindNotes(kind, name));
  return [...notes, ...new Set(shared)];
}

/** What a kind declares: its own, or with the scope's name what it has from there. */
export function kindNotes(kind: Kind, owner: string): readonly string[] {
  const own = <T extends { readonly owner: string }>(list: readonly T[]): readonly T[] =>
    list.filter((declared) => declared.owner === owner);
  const notes = [
    ...own(kind.constant).map(({ name, value }) => `${name} stays the same (${placeWords(value)})`),
    ...own(kind.counters).map(({ name, value }) => `${name} ${counterWords(value)}`),
    ...own(kind.joined).map(({ name, value }) => joinedWords(name, value)),
  ];
  if (kind.opening !== undefined && kind.opening.owner === owner) {
    notes.push("its opening event has what only that one carries");
  }
  return notes;
}

/** What is asked when the parent closes, if it is not simply that this be closed. */
export function closingNotes(mustClose: KindDefinition["mustClose"]): readonly string[] {
  if (mustClose === undefined || mustClose === true) return [];
  return [mustClose === false ? "need not be closed" : `must be closed once ${mustClose.join(" or ")} has come`];
}

export function keyWords(key: ScopeDefinition["key"]): string {
  if (key === undefined) return "";
  return isList(key) ? key.map(placeWords).join(" and ") : placeWords(key);
}

function isList(key: Place | readonly Place[]): key is readonly Place[] {
  return Array.isArray(key);
}

/** Pointers, each once. */
function placeWords(place: Place): string {
  return typeof place === "string" ? place : [...new Set(Object.values(place))].join(", ");
}

function counterWords({ from, step = 1 }: Counter): string {
  const start = from === undefined ? "" : ` from ${from}`;
  if (step === "up") return `only goes up${start}`;
  return `counts up${step === 1 ? "" : ` by ${step}`}${start}`;
}

function joinedWords(name: string, { of, at, match }: Joined): string {
  const parts = typeof of === "string" ? of : Object.keys(of).join(", ");
  if (match === "parses") return `${name}: the parts in ${parts} spell JSON`;
  const value = at === "close" || typeof at === "string" ? name : Object.keys(at).join(", ");
  const relation = { equal: "is", prefix: "begins with", json: "is, as JSON," }[match];
  return `${name}: ${value} ${relation} what ${parts} spell`;
}
