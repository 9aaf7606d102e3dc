import { createEventReader, type Protocol } from "@ssert/protocol";
import { createDecoder } from "@ssert/wire";
import { enforce } from "./enforce.ts";
import { onOneLine } from "./json-text.ts";
import { type TypeEntry, type TypePlan, valueAt } from "./plan.ts";
import { encodeSample, type SampleEvent } from "./sample.ts";
import { Pin } from "./schema/pin.ts";
import { seededDice } from "./seeded-dice.ts";
import { applyLeaving, applyVisit } from "./state/apply.ts";
import { leavingOf } from "./state/closing.ts";
import type { Instance } from "./state/instance.ts";
import { keyOf } from "./state/keys.ts";
import { State } from "./state/state.ts";
import { chooseVisit, type Visit } from "./state/visit.ts";

/** A stream that has been gone over again. */
export interface Retraced {
  /** With keys, counters and joined values as they must be now. */
  readonly events: readonly SampleEvent[];
  /** By event: the instances that it is about, the stream's scope left out. */
  readonly about: readonly ReadonlySet<Instance>[];
}

/**
 * Goes over the events of a stream again, after some were taken out or changed: numbers are counted anew, and what repeats or
 * sums up other events follows them. Undefined if the order is broken.
 */
export function retrace(protocol: Protocol, events: readonly SampleEvent[]): Retraced | undefined {
  return new Retracing(protocol).run(events);
}

class Retracing {
  readonly #protocol: Protocol;
  readonly #state: State = new State();
  #about: Set<Instance> = new Set();

  constructor(protocol: Protocol) {
    this.#protocol = protocol;
  }

  run(events: readonly SampleEvent[]): Retraced | undefined {
    const done: SampleEvent[] = [];
    const about: ReadonlySet<Instance>[] = [];
    for (const [index, name] of namesOf(this.#protocol, events).entries()) {
      const event = events[index];
      if (event === undefined || name === undefined) return undefined;
      this.#about = new Set();
      const data = this.#goOver(this.#protocol.plan.types.find(name), name, event.data);
      if (data === undefined) return undefined;
      done.push({ ...event, data });
      about.push(this.#about);
    }
    return done.length === events.length ? { events: done, about } : undefined;
  }

  #goOver(entry: TypeEntry, name: string, text: string): string | undefined {
    if (this.#state.ended && entry.after) return text;
    if (entry.literal !== undefined) return this.#visit(entry, name, undefined, undefined) ? text : undefined;
    const data: unknown = JSON.parse(text);
    // Spelling matters to nobody else: what is not changed stays as it was written.
    const before = JSON.stringify(data);
    if (!this.#visit(entry, name, data, undefined)) return undefined;
    const after = JSON.stringify(data);
    return after === before ? text : onOneLine(after);
  }

  #visit(entry: TypeEntry, name: string, data: unknown, above: Visit | undefined): boolean {
    const variant = { label: name, name, entry, plan: planOf(entry, data), subtype: undefined, schemas: [] };
    const visit = chooseVisit(variant, above, {
      state: this.#state,
      dice: seededDice(0),
      texts: () => ({ json: false, at: [] }),
      hurry: false,
      makePin: () => new Pin(),
      about: (role, instance) => !role.scope.keyed || instance.formerKey === keyOf(role, data),
    });
    if (visit === undefined) return false;
    this.#nameOpened(visit, data);
    if (!enforce(visit.pin, data) || !applyVisit(this.#state, visit, data)) return false;
    for (const instance of visit.located) if (instance?.parent !== undefined) this.#about.add(instance);
    if (!this.#visitParts(visit, data)) return false;
    const leaving = leavingOf(variant.plan, visit.located, () => undefined);
    if (leaving === undefined) return false;
    applyLeaving(this.#state, leaving);
    return true;
  }

  #nameOpened({ taken, opened }: Visit, data: unknown): void {
    for (const { role, instance } of taken) {
      if (instance !== undefined && opened.has(instance)) instance.formerKey = keyOf(role, data);
    }
  }

  #visitParts(visit: Visit, data: unknown): boolean {
    return visit.variant.plan.parts.every(({ name, pointer, entry }) => {
      const value = valueAt(data, pointer);
      if (typeof value !== "object" || value === null) return true;
      const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
      return parts.every((part) => this.#visit(entry(), name, part, visit));
    });
  }
}

function planOf(entry: TypeEntry, data: unknown): TypePlan {
  if (entry.subtype === undefined) return entry.bare;
  const value = valueAt(data, entry.subtype);
  if (value === undefined || value === null || value === "" || typeof value === "object") return entry.bare;
  return entry.subtypes.get(String(value)) ?? entry.other;
}

/** The types of events; undefined where none can be read. */
function namesOf(protocol: Protocol, events: readonly SampleEvent[]): readonly (string | undefined)[] {
  const names: (string | undefined)[] = [];
  const read = createEventReader(protocol);
  const decoder = createDecoder({ event: (event) => names.push(nameOf(protocol, read(event).label)) });
  decoder.push(encodeSample(events));
  decoder.end();
  return names;
}

/** The type without its subtype. */
function nameOf({ plan }: Protocol, label: string | undefined): string | undefined {
  const bracket = label?.endsWith("]") === true ? label.indexOf("[") : -1;
  const name = bracket < 0 ? label : label?.slice(0, bracket);
  return name !== undefined && plan.types.find(name).subtype !== undefined ? name : label;
}
