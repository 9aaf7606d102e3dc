import type { Bay } from "./instance/bay.ts";
import type { Instance } from "./instance/instance.ts";
import { type Key, weight } from "./instance/key.ts";
import * as messages from "./messages.ts";
import type { Watch } from "./watch.ts";

/*
 * What a stream makes the monitor keep is bounded. Where a bound is met, the oldest is forgotten, nothing that would depend
 * on it is judged, and `stream/forgotten` says so, once a scope.
 */

/** The oldest instances of the bay make room for one with this key, as far as there are any. */
export function makeRoom(watch: Watch, bay: Bay, key: Key): void {
  while (watch.openInstances + weight(key) > watch.limits.open) {
    const oldest = bay.forgetOldest();
    if (oldest === undefined) return;
    forgetTree(watch, oldest);
    tell(watch, bay.scope.name, () => messages.openForgotten(bay.scope.name, watch.limits.open));
  }
}

/** May so many more characters be kept for an instance? */
export function keepText(watch: Watch, instance: Instance, characters: number): boolean {
  if (watch.text + characters > watch.limits.text) return false;
  watch.text += characters;
  instance.text += characters;
  return true;
}

/** They are kept no longer. */
export function dropText(watch: Watch, instance: Instance, characters: number): void {
  watch.text -= characters;
  instance.text -= characters;
}

/** An instance, and all that is in it, counts no longer. */
export function forgetTree(watch: Watch, instance: Instance): void {
  watch.openInstances -= weight(instance.key);
  watch.text -= instance.text;
  for (const scope of instance.scope.children) {
    const bay = instance.knownBay(scope);
    if (bay === undefined) continue;
    watch.closedKeys -= bay.remembered;
    for (const child of bay.open()) forgetTree(watch, child);
  }
}

/** Remembers a key that must not be opened again; the oldest of the bay make room, the newest is the last to go. */
export function rememberClosed(watch: Watch, bay: Bay, key: Key): void {
  const { closedKeys: limit } = watch.limits;
  const before = bay.remembered;
  bay.remember(key, watch.place());
  watch.closedKeys += bay.remembered - before;
  if (watch.closedKeys <= limit) return;
  tell(watch, bay.scope.name, () => messages.closedForgotten(bay.scope.name, limit));
  while (watch.closedKeys > limit && bay.remembered > 0) {
    const kept = bay.remembered;
    bay.forgetClosed();
    watch.closedKeys += bay.remembered - kept;
  }
}

/** A joined value or a constant that is too long to be kept. */
export function tellTextForgotten(watch: Watch, kind: string, name: string): void {
  tell(watch, `${kind}/${name}`, () => messages.textForgotten(name, kind));
}

function tell(watch: Watch, what: string, message: () => string): void {
  if (watch.forgotten.has(what)) return;
  watch.forgotten.add(what);
  watch.reporter.reportAside(watch.plan.rules.rule("stream/forgotten"), watch.place(), () => ({ message: message() }));
}
