import type { Role } from "./plan.ts";
import type { KindEvents, ProtocolIndex } from "./protocol-index.ts";
import { isWhole, missingStep, unclosedIn } from "./state/closing.ts";
import type { Instance } from "./state/instance.ts";
import { openInstances, type State } from "./state/state.ts";
import { stepAllowed } from "./state/visit.ts";
import type { Variant } from "./variant.ts";

/** Events that would help another to come: each of them clears one obstacle out of its way. */
export interface Obstacles {
  /** They go on with what is open, or close it. */
  readonly finishing: Variant[];
  readonly opening: Variant[];
}

export function obstaclesOf(variant: Variant, index: ProtocolIndex, state: State): Obstacles {
  if (state.stream === undefined) return { finishing: [], opening: [...index.openers] };
  const { stream, roles } = variant.plan;
  const found: Obstacles = { finishing: [], opening: [] };
  for (const role of stream === undefined ? roles : [stream, ...roles]) {
    if (role.part === "observer" && !role.closes && !role.aborts && role.scope.parent !== undefined) continue;
    addScope(found, role, index, state);
  }
  return found;
}

/** What must come before an instance may end in order. */
export function obstaclesOfClosing(instance: Instance, index: ProtocolIndex): readonly Variant[] {
  const events = index.byKind.get(instance.kind);
  const child = unclosedIn(instance);
  const found = child === undefined ? [] : [...(index.byKind.get(child.kind)?.closing ?? [])];
  const missing = missingStep(instance, instance.step, instance.kind.steps.length);
  if (missing !== undefined) found.push(...(events?.inner.get(missing) ?? []));
  if (events !== undefined) found.push(...textsLeft(instance, events));
  for (const bay of instance.bays.values()) {
    for (const inner of bay.open.values()) {
      if (inner.kind.close.length === 0) found.push(...obstaclesOfClosing(inner, index));
    }
  }
  return found;
}

/** Events that bring the rest of texts that are not JSON yet. */
function textsLeft(instance: Instance, events: KindEvents): readonly Variant[] {
  return instance.kind.joined.flatMap(({ slot, match }) => {
    const state = instance.joined.get(slot);
    if (state === undefined) return [];
    const whole = isWhole(state, match) && (state.whole === undefined || state.isJson);
    return whole ? [] : (events.pieces.get(slot) ?? []);
  });
}

function addScope({ finishing, opening }: Obstacles, role: Role, index: ProtocolIndex, state: State): void {
  const { scope } = role;
  const open = [...openInstances(state.stream)].filter((instance) => instance.scope === scope);
  for (const instance of open) {
    const part = role.kinds[instance.kind.index];
    const events = index.byKind.get(instance.kind);
    if (part === undefined || events === undefined) continue;
    if (part.closes) finishing.push(...obstaclesOfClosing(instance, index));
    if (part.joinedAt.length > 0) finishing.push(...textsLeft(instance, events));
    if (part.inner !== undefined && !stepAllowed(instance, part.inner)) {
      const missing = missingStep(instance, instance.step, part.inner.step);
      finishing.push(...(missing === undefined ? events.closing : (events.inner.get(missing) ?? [])));
    } else if (role.part === "own" && !part.admits && (!scope.keyed || scope.exclusive)) {
      // It stands where another would have to be opened.
      finishing.push(...events.closing);
    }
  }
  if (role.opens === undefined) {
    for (const kind of scope.kinds) {
      if (role.part === "own" && role.kinds[kind.index]?.admits !== true) continue;
      opening.push(...(index.byKind.get(kind)?.opening ?? []));
    }
  }
}
