import type { KindPlan, KindRole, Role, ScopePlan, TypeEntry, TypePlan } from "../../streams/plan.ts";
import type { Path } from "./json.ts";

/** An event of a valid stream, or a part of one. */
export interface Frame {
  /** Index of the event in the stream. */
  readonly event: number;
  /** Where its data is in the event's. */
  readonly at: Path;
  readonly name: string;
  readonly data: unknown;
  readonly entry: TypeEntry;
  readonly plan: TypePlan;
  readonly visits: Visit[];
}

/** What a frame does in one instance. */
export interface Visit {
  readonly frame: Frame;
  readonly life: Life;
  readonly role: Role;
  /** The role in an instance of this kind. */
  readonly part: KindRole;
  /** It opens the instance. */
  readonly opens: boolean;
  /** The instance was found by a key that this frame has. */
  readonly keyed: boolean;
}

/** An instance of a scope, from its opening to its end. */
export interface Life {
  readonly scope: ScopePlan;
  readonly kind: KindPlan;
  readonly parent: Life | undefined;
  /** The parts of its key. */
  readonly key: readonly unknown[];
  readonly children: Life[];
  /** In order; the first has opened it. */
  readonly visits: Visit[];
  /** What closed it in order. */
  closed: Visit | undefined;
  aborted: boolean;
  /** Index of the event with which it went; beyond the last if it never did. */
  until: number;
  /** When it was opened and when it went: a finer order than that of the events, which may do several things. */
  readonly born: number;
  gone: number;
}

/** Index of the event that opened it. */
export function openedAt(life: Life): number {
  return life.visits[0]?.frame.event ?? 0;
}

/** Is it open before the event at this index? */
export function isOpenAt(life: Life, position: number): boolean {
  return openedAt(life) < position && position <= life.until;
}

/** The step that it has reached before the event at this index. */
export function stepAt(life: Life, position: number): number {
  let step = 0;
  for (const { frame, part, opens } of life.visits) {
    if (frame.event < position && part.inner !== undefined && !opens) step = Math.max(step, part.inner.step);
  }
  return step;
}

/** Index of the event at which everything must have come: it is closed, or its parent ends in order and it needs no closing. */
export function completedAt(life: Life): number | undefined {
  if (life.closed !== undefined) return life.closed.frame.event;
  if (life.aborted || life.kind.close.length > 0 || life.parent === undefined) return undefined;
  const parent = completedAt(life.parent);
  return parent === life.until ? parent : undefined;
}
