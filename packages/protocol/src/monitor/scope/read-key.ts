import type { Role } from "../../compile/plan.ts";
import type { Frame } from "../frame.ts";
import type { Bay } from "../instance/bay.ts";
import type { Instance } from "../instance/instance.ts";
import type { Key } from "../instance/key.ts";
import { RunningHash } from "../instance/running-hash.ts";
import * as messages from "../messages.ts";
import type { Watch } from "../watch.ts";

/** The key of the instance that an event belongs to; undefined if it has none. Absent parts of a compound key are null. */
export function readKey(watch: Watch, frame: Frame, role: Role): Key | undefined {
  const [first] = role.key;
  if (role.key.length === 1) return first === undefined ? undefined : scalar(frame.read(watch, first));
  const parts = role.key.map(
    (pointer) => (pointer === undefined ? undefined : scalar(frame.read(watch, pointer))) ?? null,
  );
  return parts.every((part) => part === null) ? undefined : bounded(JSON.stringify(parts));
}

/** The event had a wrong key and was read as if it had the right one: remember the wrong one with it. */
export function noteAlias(watch: Watch, frame: Frame, role: Role, instance: Instance): void {
  const [pointer, second] = role.key;
  if (pointer === undefined || second !== undefined || frame.path(pointer.text) !== watch.corrected.pointer) return;
  const wrong = scalar(watch.corrected.wrong);
  if (wrong !== undefined) instance.bay.alias(wrong, instance);
}

/** Ids have a few dozen characters; what has more is told apart without keeping it. */
const LONGEST_KEY = 256;

/** A key of bounded size: of a long one its beginning, its length and a hash. */
function bounded(key: string): string {
  if (key.length <= LONGEST_KEY) return key;
  const hash = new RunningHash();
  hash.add(key);
  return `${key.slice(0, LONGEST_KEY / 4)}… (${key.length} characters, ${hash.digest})`;
}

function scalar(value: unknown): Key | undefined {
  if (typeof value === "string") return bounded(value);
  return typeof value === "number" || typeof value === "boolean" ? value : undefined;
}

/** Have the schemas found the key wrong? Then it does not say which instance the event belongs to, whatever it is. */
export function isWrongKey(watch: Watch, frame: Frame, role: Role): boolean {
  return role.key.some((pointer) => pointer !== undefined && watch.wrong.has(frame.path(pointer.text)));
}

/** The event may have meant any instance: none is judged further, and one orphan and one jump may follow from it. */
export function missingKey(watch: Watch, frame: Frame, role: Role, bay: Bay): void {
  const pointers = role.key.flatMap((pointer) => (pointer === undefined ? [] : [frame.path(pointer.text)]));
  const rule = watch.plan.rules.rule("event/payload");
  const error = watch.report(rule, false, () => ({
    message: messages.noKey(frame.label, pointers, role.scope.name),
    path: pointers[0],
  }));
  if (!error) return;
  bay.identityDoubt = watch.births;
  bay.orphans.granted += 1;
  bay.jumps.granted += 1;
  // It, or a part of it, is in a child of one of them, nobody knows which.
  if (role.part === "path" || frame.plan.parts.length > 0) watch.lose();
}

/** Where the key is in the event. */
export function keyPath(frame: Frame, role: Role): string | undefined {
  const [pointer] = role.key;
  return pointer === undefined ? undefined : frame.path(pointer.text);
}
