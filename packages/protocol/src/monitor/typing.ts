import type { WireEvent } from "@ssert/wire";
import { valueAt } from "../compile/place.ts";
import type { ProtocolPlan, TypeEntry } from "../compile/plan.ts";

/** What an event says by itself, before any order is looked at. One object is used again for every event. */
export interface Typed {
  /** Undefined if no type can be read. */
  name: string | undefined;
  entry: TypeEntry;
  /** Undefined for a literal, and for data that is not JSON. */
  data: unknown;
  isJson: boolean;
}

/** Reads data and type of an event: a literal, else JSON and the first candidate that gives a name. */
export function readType(plan: ProtocolPlan, event: WireEvent, typed: Typed): void {
  for (const entry of plan.literals) {
    if (event.data !== entry.literal || entry.name === undefined) continue;
    typed.name = entry.name;
    typed.entry = entry;
    typed.data = undefined;
    typed.isJson = true;
    return;
  }
  readData(event.data, typed);
  typed.name = findName(plan, event, typed);
  if (typed.name !== undefined) typed.entry = plan.types.find(typed.name);
}

/**
 * The one place where data is parsed. Data whose text alone proves that it fits its schemas, and of which no role reads a
 * value, would not have to be.
 */
function readData(text: string, typed: Typed): void {
  typed.isJson = true;
  try {
    typed.data = JSON.parse(text);
  } catch {
    typed.isJson = false;
    typed.data = undefined;
  }
}

function findName(plan: ProtocolPlan, event: WireEvent, typed: Typed): string | undefined {
  for (const candidate of plan.candidates) {
    if (candidate.by === "event") {
      if (event.type !== undefined) return event.type;
    } else if (!typed.isJson) continue;
    else if (candidate.by === "pointer") {
      const value = valueAt(typed.data, candidate.pointer);
      if (typeof value === "string") return value;
    } else if (candidate.by === "rest" || valueAt(typed.data, candidate.has) !== undefined) return candidate.is;
  }
  // Of data that cannot be read the event line may still tell what was meant.
  const line = typed.isJson ? undefined : event.type;
  return line !== undefined && plan.types.find(line).known ? line : undefined;
}
