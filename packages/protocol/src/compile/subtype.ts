import { valueAt } from "./place.ts";
import type { TypeEntry, TypePlan } from "./plan.ts";

/** What refines the type of an event, as its data says it; undefined where nothing that can be read does. */
export function subtypeOf({ subtype }: TypeEntry, data: unknown): string | undefined {
  const value = subtype === undefined ? undefined : valueAt(data, subtype);
  if (value === undefined || value === null || value === "" || typeof value === "object") return undefined;
  return String(value);
}

/** What an event of a type does, by its subtype. */
export function planOf(entry: TypeEntry, data: unknown): TypePlan {
  const subtype = subtypeOf(entry, data);
  return subtype === undefined ? entry.bare : (entry.subtypes.get(subtype) ?? entry.other);
}
