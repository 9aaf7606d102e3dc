import { type Pattern, parsePattern } from "../../compile/pattern.ts";
import type { ProtocolFile } from "../protocol-file.ts";

/** Can one event's type match both? Subtypes are not looked at. */
export function shareType(one: Pattern, other: Pattern): boolean {
  if (one.prefix && other.prefix) return one.name.startsWith(other.name) || other.name.startsWith(one.name);
  if (one.prefix) return other.name.startsWith(one.name);
  if (other.prefix) return one.name.startsWith(other.name);
  return one.name === other.name;
}

/** Can one event, with its subtype, match both? */
export function shareEvent(one: Pattern, other: Pattern): boolean {
  if (!shareType(one, other)) return false;
  return typeof one.subtype !== "string" || typeof other.subtype !== "string" || one.subtype === other.subtype;
}

/** Known events that a pattern can match, by their keys in `events`. */
export function matchedEvents(file: ProtocolFile, pattern: string): readonly string[] {
  const parsed = parsePattern(pattern);
  return Object.keys(file.events).filter((known) => shareType(parsed, parsePattern(known)));
}

/** A list that may be written as its only item. */
export function list<T>(items: T | readonly T[] | undefined): readonly T[] {
  if (items === undefined) return [];
  return isList(items) ? items : [items];
}

function isList<T>(items: T | readonly T[]): items is readonly T[] {
  return Array.isArray(items);
}
