import type { Pointer } from "../compile/place.ts";
import { valueAt } from "../compile/place.ts";
import type { PartPlan, TypeEntry, TypePlan } from "../compile/plan.ts";
import { toPointer } from "../payload/pointer.ts";
import type { EventData } from "./event/data.ts";
import type { Instance } from "./instance/instance.ts";
import type { Watch } from "./watch.ts";

/** An event, or a part of one, while it is being handled. One frame a level is used again for every event. */
export class Frame {
  name = "";
  subtype: string | undefined;
  subtypeUnreadable = false;
  entry: TypeEntry;
  plan: TypePlan;
  readonly above: Frame | undefined;
  /** Which part of the event above it is. */
  part: PartPlan | undefined;
  index: number | undefined;
  /**
   * By scope, the instance that the event is in; null if it should be in one and none can be told. A part is in the same
   * instances as the event that carries it, unless it says otherwise.
   */
  readonly located: (Instance | null | undefined)[];
  #event: EventData | undefined;
  #data: unknown;

  constructor(entry: TypeEntry, scopes: number, above: Frame | undefined) {
    this.entry = entry;
    this.plan = entry.bare;
    this.above = above;
    this.located = new Array<Instance | null | undefined>(scopes).fill(undefined);
  }

  /** Undefined for a literal, and for data that is not JSON. */
  get data(): unknown {
    return this.#event === undefined ? this.#data : this.#event.value;
  }

  /** Takes on an event. */
  becomeEvent(name: string, entry: TypeEntry, event: EventData): void {
    this.#event = event;
    this.#become(name, entry);
  }

  /** Takes on a part of an event. */
  becomePart(name: string, entry: TypeEntry, data: unknown): void {
    this.#data = data;
    this.#become(name, entry);
  }

  #become(name: string, entry: TypeEntry): void {
    this.name = name;
    this.entry = entry;
    this.subtype = undefined;
    this.subtypeUnreadable = false;
    this.plan = entry.bare;
    if (entry.subtype !== undefined) this.#readSubtype(entry, entry.subtype);
  }

  #readSubtype(entry: TypeEntry, pointer: Pointer): void {
    const { data } = this;
    if (typeof data !== "object" || data === null) {
      this.subtypeUnreadable = true;
      return;
    }
    const value = valueAt(data, pointer);
    if (value === undefined || value === null || value === "") return;
    if (typeof value === "object") {
      this.subtypeUnreadable = true;
      return;
    }
    this.subtype = String(value);
    this.plan = entry.subtypes.get(this.subtype) ?? entry.other;
  }

  /** A value of the event; where a constant was found wrong, the value that it should have had. */
  read(watch: Watch, pointer: Pointer): unknown {
    const { corrected } = watch;
    if (corrected.active && corrected.pointer === this.path(pointer.text)) return corrected.value;
    return this.#event === undefined ? valueAt(this.#data, pointer) : this.#event.at(pointer);
  }

  /** A string of the event as it is written in JSON, where it shows without parsing. */
  written(watch: Watch, pointer: Pointer): string | undefined {
    const event = this.#event;
    if (event === undefined || watch.corrected.active || pointer.plain === undefined) return undefined;
    return event.shape === pointer.plain ? event.written() : undefined;
  }

  /** JSON Pointer into the data of the whole event. */
  path(pointer: string): string {
    if (this.above === undefined || this.part === undefined) return pointer;
    const index = this.index === undefined ? "" : toPointer(this.index);
    return this.above.path(this.part.pointer.text) + index + pointer;
  }

  /** `type`, or `type[subtype]` where the subtype decides what the event does. */
  get label(): string {
    return this.subtype === undefined || this.plan === this.entry.other ? this.name : `${this.name}[${this.subtype}]`;
  }
}
