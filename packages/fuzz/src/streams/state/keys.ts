import { type Pointer, type Role, valueAt } from "../plan.ts";
import type { Key } from "./instance.ts";

/** The key of the instance that an event is about; undefined if it has none. As in the monitor, absent parts are null. */
export function keyOf(role: Role, data: unknown): Key | undefined {
  if (!role.scope.keyed) return "";
  const [first, second] = role.key;
  if (second === undefined) return first === undefined ? undefined : scalar(valueAt(data, first));
  const parts = role.key.map((pointer) => (pointer === undefined ? null : (scalar(valueAt(data, pointer)) ?? null)));
  return parts.every((part) => part === null) ? undefined : JSON.stringify(parts);
}

/** What stands at each place of a key. Undefined: there may be anything but a scalar. */
export function partsOf(role: Role, key: Key): readonly (readonly [Pointer, Key | undefined])[] {
  const values: readonly unknown[] = role.key.length === 1 ? [key] : JSON.parse(String(key));
  return role.key.flatMap((pointer, index) =>
    pointer === undefined ? [] : [[pointer, scalar(values[index])] as const],
  );
}

/** Can the event be about the instance with this key? A place that it does not have stands for null. */
export function canName(role: Role, key: Key): boolean {
  if (role.key.length < 2) return role.key[0] !== undefined;
  const values: readonly unknown[] = JSON.parse(String(key));
  return role.key.every((pointer, index) => pointer !== undefined || values[index] === null);
}

function scalar(value: unknown): Key | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
