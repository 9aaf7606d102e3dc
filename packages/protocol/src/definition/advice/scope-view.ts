import { type Kind, kindsOf } from "../../compile/kinds.ts";
import { covers, type Pattern } from "../../compile/pattern.ts";
import type { ProtocolFile, ScopeDefinition } from "../protocol-file.ts";

/** A scope with its kinds, as the advice looks at it. */
export interface ScopeView {
  readonly name: string;
  readonly definition: ScopeDefinition;
  readonly kinds: readonly Kind[];
}

export function scopesOf(file: ProtocolFile): readonly ScopeView[] {
  return Object.entries(file.scopes).map(([name, definition]) => ({
    name,
    definition,
    kinds: kindsOf(name, definition),
  }));
}

export function innerOf(kind: Kind): readonly Pattern[] {
  return kind.steps.flat().map(({ pattern }) => pattern);
}

/** The events that happen in an instance of the kind. */
export function ownOf(kind: Kind): readonly Pattern[] {
  return [...kind.open, ...innerOf(kind), ...kind.close];
}

export function anyCovers(outer: readonly Pattern[], inner: Pattern): boolean {
  return outer.some((pattern) => covers(pattern, inner));
}

/** Does it name one event, with at most one subtype? */
export function isExact(pattern: Pattern): boolean {
  return !pattern.prefix && (pattern.subtype === undefined || typeof pattern.subtype === "string");
}

export function quote(text: string): string {
  return JSON.stringify(text);
}
