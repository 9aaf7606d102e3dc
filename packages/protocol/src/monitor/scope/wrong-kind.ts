import type { Role } from "../../compile/plan.ts";
import type { Frame } from "../frame.ts";
import type { Bay } from "../instance/bay.ts";
import type { Instance } from "../instance/instance.ts";
import type { Key } from "../instance/key.ts";
import * as messages from "../messages.ts";
import { relatedTo } from "../place.ts";
import { identityInDoubt, type Watch } from "../watch.ts";
import { openPhantom } from "./orphan.ts";

/** An event of another kind than the one that is open. Its own kind may have been opened, or the open one closed, unseen. */
export function wrongKind(
  watch: Watch,
  frame: Frame,
  role: Role,
  bay: Bay,
  key: Key,
  newest: Instance,
): Instance | undefined {
  const { scope } = role;
  const doubtful = newest.phantom || identityInDoubt(newest) || isExcused(watch, bay);
  const error = watch.report(scope.rules.wrongKind, doubtful, () => ({
    message: messages.wrongKind(frame.label, newest),
    related: relatedTo(messages.related.opened(newest.kind.name), newest.opened),
  }));
  if (error) newest.identityDoubt = true;
  const kinds = scope.kinds.filter((kind) => role.kinds[kind.index]?.inner !== undefined);
  const phantom = kinds.length === 0 ? undefined : openPhantom(watch, role, bay, key, kinds);
  if (phantom !== undefined && error) phantom.identityDoubt = true;
  return phantom;
}

/** Takes a lost closing and a lost opening. */
function isExcused(watch: Watch, bay: Bay): boolean {
  if (!bay.unclosed.has(watch.losses) || !bay.orphans.has(watch.losses)) return false;
  bay.unclosed.take(watch.losses);
  return bay.orphans.take(watch.losses);
}
