import type { WireEvent } from "@ssert/wire";
import { valueAt } from "../../compile/place.ts";
import type { ProtocolPlan, TypeEntry } from "../../compile/plan.ts";
import { EventData } from "./data.ts";
import { copyOf } from "./own-text.ts";

/** What an event says by itself, before any order is looked at: a literal, else JSON and a type. */
export class Typing {
  /** Undefined if no type can be read. */
  name: string | undefined;
  entry: TypeEntry;
  readonly data: EventData = new EventData();
  readonly #plan: ProtocolPlan;
  /** Types come in runs: the latest is found without a look at the table. */
  #latest = "";

  constructor(plan: ProtocolPlan) {
    this.#plan = plan;
    this.entry = plan.types.find("");
  }

  read(event: WireEvent): void {
    if (this.#plan.literals.length > 0 && this.#readLiteral(event.data)) return;
    this.data.begin(event.data);
    const name = this.#findName(event.type);
    if (name !== undefined && name !== this.#latest) {
      this.entry = this.#plan.types.find(name);
      // The protocol's own string: a piece of the stream's text would keep the whole text alive.
      this.#latest = this.entry.name ?? copyOf(name);
    }
    this.name = name === undefined ? undefined : this.#latest;
  }

  #readLiteral(text: string): boolean {
    const entry = this.#plan.literals.find(({ literal }) => literal === text);
    if (entry?.name === undefined) return false;
    this.name = entry.name;
    this.entry = entry;
    this.#latest = entry.name;
    this.data.clear();
    this.data.isJson = true;
    return true;
  }

  /** The first candidate that gives a name. */
  #findName(line: string | undefined): string | undefined {
    const { isJson } = this.data;
    for (const candidate of this.#plan.candidates) {
      if (candidate.by === "event") {
        if (line !== undefined) return line;
      } else if (!isJson) continue;
      else if (candidate.by === "rest") return candidate.is;
      else if (candidate.by === "pointer") {
        const value = valueAt(this.data.value, candidate.pointer);
        if (typeof value === "string") return value;
      } else if (valueAt(this.data.value, candidate.has) !== undefined) return candidate.is;
    }
    // Of data that cannot be read the event line may still tell what was meant.
    return !isJson && line !== undefined && this.#plan.types.find(line).known ? line : undefined;
  }
}
