import type { Protocol } from "@ssert/protocol";
import type { KindPlan, ProtocolPlan, Role, ScopePlan, TypePlan } from "../../streams/plan.ts";
import type { SampleEvent, SampleStream } from "../../streams/sample.ts";
import { type Path, valueAt } from "./json.ts";
import type { Frame, Life, Visit } from "./life.ts";
import { planOf, type Typed, typeOf } from "./typing.ts";

/** A valid stream, understood: which instances there are, and what each event does in them. */
export interface Reading {
  readonly protocol: Protocol;
  readonly events: readonly SampleEvent[];
  /** The event itself first, then its parts; empty for an event without a type. By index of the event. */
  readonly frames: readonly (readonly Frame[])[];
  /** In the order of their openings; the stream's first. */
  readonly lives: readonly Life[];
  /** Index of the event that ended the stream; the number of events if none did. */
  readonly end: number;
}

/**
 * Reads a valid stream, by the same plan as the monitor, but with none of its code: nothing is judged, and of a stream that
 * is not valid the reading means nothing.
 */
export function readLives(protocol: Protocol, { events }: SampleStream): Reading {
  const reader = new Reader(protocol.plan, events.length);
  const frames = events.map((event, index) => reader.event(event, index));
  return { protocol, events, frames, lives: reader.lives, end: reader.end };
}

type Located = ReadonlyMap<ScopePlan, Life>;

class Reader {
  readonly lives: Life[] = [];
  end: number;
  readonly #plan: ProtocolPlan;
  readonly #length: number;
  #stream: Life | undefined;
  #tick = 0;

  constructor(plan: ProtocolPlan, length: number) {
    this.#plan = plan;
    this.#length = length;
    this.end = length;
  }

  event(event: SampleEvent, index: number): readonly Frame[] {
    const typed = typeOf(this.#plan, event);
    if (typed === undefined) return [];
    const frames: Frame[] = [];
    const frame = begin(typed, index, []);
    const { stream } = frame.plan;
    if (
      this.#stream === undefined &&
      stream?.opens !== undefined &&
      (this.end === this.#length || this.#plan.stream.reuse)
    ) {
      this.end = this.#length;
      this.#stream = this.#open(frame, stream, stream.opens, undefined, []);
    } else if (this.#stream !== undefined && stream !== undefined)
      this.#visit(frame, stream, this.#stream, false, false);
    frames.push(frame);
    if (this.#stream !== undefined) this.#attend(frame, new Map([[this.#plan.stream, this.#stream]]), frames);
    return frames;
  }

  #attend(frame: Frame, above: Located, frames: Frame[]): void {
    const located = new Map(above);
    for (const role of frame.plan.roles) {
      if (role.part !== "own" && located.has(role.scope)) continue;
      const life = this.#find(frame, role, located);
      if (life === undefined) located.delete(role.scope);
      else located.set(role.scope, life);
    }
    for (const { name, pointer, entry } of frame.plan.parts) {
      const value = valueAt(frame.data, pointer.tokens);
      const elements = Array.isArray(value)
        ? value.entries()
        : typeof value === "object" && value !== null
          ? ([[undefined, value]] as const)
          : [];
      for (const [index, data] of elements) {
        const at = [...frame.at, ...pointer.tokens, ...(index === undefined ? [] : [String(index)])];
        const part = begin({ name, entry: entry(), data }, frame.event, at);
        frames.push(part);
        const stream = located.get(this.#plan.stream);
        if (part.plan.stream !== undefined && stream !== undefined)
          this.#visit(part, part.plan.stream, stream, false, false);
        this.#attend(part, located, frames);
      }
    }
    this.#leave(frame, frame.plan, located);
  }

  #find(frame: Frame, role: Role, located: Located): Life | undefined {
    const parent = role.scope.parent === undefined ? undefined : located.get(role.scope.parent);
    if (parent === undefined) return undefined;
    const key = role.key.map((pointer) =>
      pointer === undefined ? null : (valueAt(frame.data, pointer.tokens) ?? null),
    );
    const keyed = key.some((part) => part !== null);
    if (role.scope.keyed && !keyed) return undefined;
    const open = parent.children.find(
      (life) => life.scope === role.scope && life.until === this.#length && sameKey(life.key, key),
    );
    if (open !== undefined) {
      // What only aborts instances has no key of its own: a value at that place is something else.
      if (role.part === "observer" && role.kinds[open.kind.index]?.reads !== true) return undefined;
      this.#visit(frame, role, open, false, keyed);
      return open;
    }
    return role.part === "own" && role.opens !== undefined
      ? this.#open(frame, role, role.opens, parent, key)
      : undefined;
  }

  #open(frame: Frame, role: Role, kind: KindPlan, parent: Life | undefined, key: readonly unknown[]): Life {
    const life: Life = {
      scope: role.scope,
      kind,
      parent,
      key,
      children: [],
      visits: [],
      closed: undefined,
      aborted: false,
      until: this.#length,
      born: this.#next(),
      gone: Number.POSITIVE_INFINITY,
    };
    this.lives.push(life);
    parent?.children.push(life);
    this.#visit(frame, role, life, true, key.length > 0);
    return life;
  }

  #next(): number {
    this.#tick += 1;
    return this.#tick;
  }

  #visit(frame: Frame, role: Role, life: Life, opens: boolean, keyed: boolean): Visit | undefined {
    const part = role.kinds[life.kind.index];
    if (part === undefined) return undefined;
    const visit: Visit = { frame, role, part, life, opens, keyed };
    frame.visits.push(visit);
    life.visits.push(visit);
    return visit;
  }

  #leave(frame: Frame, plan: TypePlan, located: Located): void {
    for (const role of plan.closing) {
      const { scope } = role;
      const life = located.get(scope);
      if (role.aborts && scope.parent !== undefined) this.#abort(frame, role, located.get(scope.parent));
      if (life === undefined || life.until < this.#length) continue;
      const part = role.kinds[life.kind.index];
      const closes = part?.closes === true;
      if (closes) life.closed = life.visits.findLast((visit) => visit.frame === frame);
      else if (scope.parent === undefined && part?.aborts === true) life.aborted = true;
      else continue;
      this.#end(life, frame.event);
      if (scope.parent !== undefined) continue;
      this.end = frame.event;
      this.#stream = undefined;
    }
  }

  #abort(frame: Frame, role: Role, parent: Life | undefined): void {
    for (const child of parent?.children ?? []) {
      if (child.scope !== role.scope || child.until < this.#length || role.kinds[child.kind.index]?.aborts !== true)
        continue;
      child.aborted = true;
      this.#end(child, frame.event);
    }
  }

  #end(life: Life, event: number): void {
    if (life.until < this.#length) return;
    life.until = event;
    life.gone = this.#next();
    for (const child of life.children) this.#end(child, event);
  }
}

function begin(typed: Typed, event: number, at: Path): Frame {
  return { event, at, name: typed.name, data: typed.data, entry: typed.entry, plan: planOf(typed), visits: [] };
}

function sameKey(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((part, index) => part === right[index]);
}
