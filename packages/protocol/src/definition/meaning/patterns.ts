import type { Pattern, ProtocolFile } from "../protocol-file.ts";

/** A pattern in its parts: `t[s]`, `t[*]`, `t`, `prefix*`, `*`. */
export interface PatternParts {
  /** The type, or what a type begins with. */
  readonly type: string;
  readonly isPrefix: boolean;
  /** `*`: any; undefined: any or none. */
  readonly subtype: string | undefined;
}

export function patternParts(pattern: Pattern): PatternParts {
  const bracket = pattern.indexOf("[");
  if (bracket !== -1) {
    return { type: pattern.slice(0, bracket), isPrefix: false, subtype: pattern.slice(bracket + 1, -1) };
  }
  const isPrefix = pattern.endsWith("*");
  return { type: isPrefix ? pattern.slice(0, -1) : pattern, isPrefix, subtype: undefined };
}

/** Can one event's type match both? Subtypes are not looked at. */
export function shareType(one: PatternParts, other: PatternParts): boolean {
  if (one.isPrefix && other.isPrefix) return one.type.startsWith(other.type) || other.type.startsWith(one.type);
  if (one.isPrefix) return other.type.startsWith(one.type);
  if (other.isPrefix) return one.type.startsWith(other.type);
  return one.type === other.type;
}

/** Known events that a pattern can match, by their keys in `events`. */
export function matchedEvents(file: ProtocolFile, pattern: Pattern): readonly string[] {
  const parts = patternParts(pattern);
  return Object.keys(file.events).filter((known) => shareType(parts, patternParts(known)));
}

/** A list that may be written as its only item. */
export function list<T>(items: T | readonly T[] | undefined): readonly T[] {
  if (items === undefined) return [];
  return isList(items) ? items : [items];
}

function isList<T>(items: T | readonly T[]): items is readonly T[] {
  return Array.isArray(items);
}
