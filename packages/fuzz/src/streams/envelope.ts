import type { Protocol } from "@ssert/protocol";
import type { Dice } from "../case/dice.ts";
import type { ProtocolPlan } from "./plan.ts";
import { absent, empty, exactly, Pin, type PinRule, present } from "./schema/pin.ts";
import { drawName } from "./schema/text.ts";
import type { Variant } from "./variant.ts";

/** How an event says of which type it is. */
export interface Envelope {
  /** Text of the `event:` line. */
  readonly line: string | undefined;
  readonly pin: Pin;
}

/** Every way in which an event can say its type, so that nothing that is looked at earlier says another. */
export function envelopesOf({ plan }: Protocol, variant: Variant): readonly Envelope[] {
  const { name, entry } = variant;
  if (entry.literal !== undefined) return linesFor(plan, name, true).map((line) => ({ line, pin: new Pin() }));
  const found: Envelope[] = [];
  for (const [index, candidate] of plan.candidates.entries()) {
    if (candidate.by !== "event" && candidate.by !== "pointer" && candidate.is !== name) continue;
    const pin = new Pin();
    if (!pinSubtype(pin, variant)) continue;
    const earlier = plan.candidates.slice(0, index);
    const silent = earlier.every((other) => {
      if (other.by === "pointer") return pin.at(other.pointer.tokens).add(notText);
      return other.by !== "key" || pin.at(other.has.tokens).add(absent);
    });
    if (!silent || earlier.some(({ by }) => by === "rest")) continue;
    if (candidate.by === "pointer" && !pin.at(candidate.pointer.tokens).add(exactly(name, true))) continue;
    if (candidate.by === "key" && !pin.at(candidate.has.tokens).add(present)) continue;
    const lines = linesFor(plan, name, false).filter((line) => {
      if (candidate.by === "event") return line === name;
      return line === undefined || !earlier.some(({ by }) => by === "event");
    });
    for (const line of lines) found.push({ line, pin });
  }
  return found;
}

/** A part has its name from the event that carries it. */
export function partPin(variant: Variant): Pin | undefined {
  const pin = new Pin();
  return pinSubtype(pin, variant) ? pin : undefined;
}

/** What the `event:` line may be: see `name` in the protocol file. */
function linesFor(plan: ProtocolPlan, name: string, literal: boolean): readonly (string | undefined)[] {
  if (plan.name === "none") return [undefined];
  if (plan.name === "required" && !literal) return [name];
  return [undefined, name];
}

const notText: PinRule = {
  required: false,
  propose: () => undefined,
  fits: (value) => typeof value !== "string",
};

function pinSubtype(pin: Pin, { entry, subtype }: Variant): boolean {
  if (entry.subtype === undefined) return true;
  const place = pin.at(entry.subtype.tokens);
  if (subtype === undefined) return place.add(empty);
  if (subtype !== null) return place.add(named(subtype));
  return place.add({
    required: true,
    suggest: (dice: Dice) => `x_${drawName(dice)}`,
    fits: (value) => isScalar(value) && value !== "" && !entry.subtypes.has(String(value)),
  });
}

/** A subtype is a text; or a number or a truth value that reads like it. */
function named(subtype: string): PinRule {
  return { required: true, fixed: { value: subtype }, fits: (value) => isScalar(value) && String(value) === subtype };
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
