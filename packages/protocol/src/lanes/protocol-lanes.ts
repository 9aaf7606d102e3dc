import type { WireEvent } from "@ssert/wire";
import { valueAt } from "../compile/place.ts";
import type { ProtocolPlan, Role, ScopePlan, TypeEntry, TypePlan } from "../compile/plan.ts";
import { planOf, subtypeOf } from "../compile/subtype.ts";
import { Typing } from "../monitor/event/typing.ts";
import type { LanePlace, Lanes } from "./lanes.ts";

const STREAM = "stream";

/** Kinds of open instances that are remembered; a stream with more open at once is broken, and the oldest are forgotten. */
const MOST_OPEN = 10_000;

/** Lanes as a protocol's scopes have them. */
export class ProtocolLanes implements Lanes {
  readonly names: readonly string[];
  readonly #typing: Typing;
  /** The kind that was opened, by scope and key. */
  readonly #open = new Map<string, string>();

  constructor(plan: ProtocolPlan) {
    this.#typing = new Typing(plan);
    const inner = plan.scopes.filter(({ parent }) => parent !== undefined);
    // The scope itself is the lane of what may belong to any of its kinds.
    this.names = [
      ...new Set([STREAM, ...inner.flatMap(({ name, kinds }) => [...kinds.map((kind) => kind.name), name])]),
    ];
  }

  laneOf(event: WireEvent): LanePlace {
    const typing = this.#typing;
    typing.read(event);
    if (typing.name === undefined) return { type: null, lane: STREAM };
    const { data, entry, name } = typing;
    const subtype = data.isJson ? subtypeOf(entry, data.value) : undefined;
    const lane = this.#laneIn(entry, data.isJson ? data.value : undefined) ?? STREAM;
    return { type: name, lane, ...(subtype !== undefined && { subtype }) };
  }

  /** Of a part if it carries one that has a lane: a part is what the event is about. */
  #laneIn(entry: TypeEntry, data: unknown): string | undefined {
    const plan = planOf(entry, data);
    let lane = this.#ownLane(plan, data);
    for (const part of plan.parts) {
      for (const element of elementsOf(valueAt(data, part.pointer))) {
        lane = this.#laneIn(part.entry(), element) ?? lane;
      }
    }
    return lane;
  }

  /** The innermost scope with kinds to tell apart says most. */
  #ownLane(plan: TypePlan, data: unknown): string | undefined {
    const own = plan.roles.filter(({ part }) => part === "own");
    const lanes = own.map((role) => ({ lane: this.#kindIn(role, data), telling: isTelling(role.scope) }));
    return (lanes.findLast(({ telling }) => telling) ?? lanes.at(-1))?.lane;
  }

  #kindIn(role: Role, data: unknown): string {
    const { scope } = role;
    if (!isTelling(scope)) return scope.name;
    const instance = JSON.stringify([scope.index, ...role.key.map((pointer) => pointer && valueAt(data, pointer))]);
    const admitting = scope.kinds.filter((_, index) => role.kinds[index]?.admits === true);
    const only = admitting.length === 1 ? admitting[0]?.name : undefined;
    const kind = role.opens?.name ?? only ?? this.#open.get(instance) ?? scope.name;
    if (role.opens !== undefined) this.#remember(instance, kind);
    else if (role.closes || role.aborts) this.#open.delete(instance);
    return kind;
  }

  #remember(instance: string, kind: string): void {
    this.#open.set(instance, kind);
    if (this.#open.size <= MOST_OPEN) return;
    for (const oldest of this.#open.keys()) {
      this.#open.delete(oldest);
      break;
    }
  }
}

/** Has it more than the one kind that every scope has? */
function isTelling({ name, kinds }: ScopePlan): boolean {
  return kinds.some((kind) => kind.name !== name);
}

/** A list has the parts as its elements; an object is one. */
function elementsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === "object" && value !== null ? [value] : [];
}
