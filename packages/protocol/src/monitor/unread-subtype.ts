import type { Frame } from "./frame.ts";
import { NO_KEY, readKey } from "./key.ts";
import { identityInDoubt, type Watch } from "./watch.ts";

/**
 * The subtype cannot be read, so what the event does is not known: every instance that it may have meant is no longer
 * judged, and one orphan and one jump may follow from it. Only after an error: else it is a matter of the schema's.
 */
export function doubtAnySubtype(watch: Watch, frame: Frame): void {
  if (!watch.reporter.muted) return;
  for (const role of frame.entry.anySubtype) {
    const { scope } = role;
    const parent = scope.parent === undefined ? undefined : frame.located[scope.parent.index];
    if (parent === undefined || parent === null) {
      watch.lose();
      continue;
    }
    const bay = parent.bayOf(scope);
    const key = scope.keyed ? readKey(watch, frame, role) : NO_KEY;
    const meant = key === undefined ? undefined : bay.find(key);
    if (meant === undefined) bay.identityDoubt = watch.births;
    else if (!identityInDoubt(meant)) meant.identityDoubt = true;
    bay.orphans.granted += 1;
    bay.jumps.granted += 1;
  }
}
