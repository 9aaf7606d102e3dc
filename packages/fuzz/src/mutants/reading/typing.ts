import type { ProtocolPlan, TypeEntry, TypePlan } from "../../streams/plan.ts";
import type { SampleEvent } from "../../streams/sample.ts";
import { parseJson, valueAt } from "./json.ts";

/** What an event says by itself. */
export interface Typed {
  readonly name: string;
  readonly entry: TypeEntry;
  /** Undefined for a literal. */
  readonly data: unknown;
}

/** The type of an event, or undefined if none can be read. */
export function typeOf(plan: ProtocolPlan, { event, data: text }: SampleEvent): Typed | undefined {
  const literal = plan.literals.find((entry) => entry.literal === text);
  if (literal?.name !== undefined) return { name: literal.name, entry: literal, data: undefined };
  const data = parseJson(text);
  const name = nameOf(plan, event, data);
  return name === undefined ? undefined : { name, entry: plan.types.find(name), data };
}

function nameOf(plan: ProtocolPlan, line: string | undefined, data: unknown): string | undefined {
  for (const candidate of plan.candidates) {
    if (candidate.by === "event") {
      if (line !== undefined) return line;
    } else if (candidate.by === "rest") return candidate.is;
    else if (candidate.by === "pointer") {
      const value = valueAt(data, candidate.pointer.tokens);
      if (typeof value === "string") return value;
    } else if (valueAt(data, candidate.has.tokens) !== undefined) return candidate.is;
  }
  return undefined;
}

/** What an event of this type does, with the subtype that its data has. */
export function planOf({ entry, data }: Pick<Typed, "entry" | "data">): TypePlan {
  const value = entry.subtype === undefined ? undefined : valueAt(data, entry.subtype.tokens);
  if (value === undefined || value === null || value === "" || typeof value === "object") return entry.bare;
  return entry.subtypes.get(String(value)) ?? entry.other;
}
