import type { Dice } from "../../case/dice.ts";
import type { Role } from "../plan.ts";
import { exactly, type Pin, type PinRule } from "../schema/pin.ts";
import { drawName } from "../schema/text.ts";
import type { Bay, Instance, Key } from "./instance.ts";
import { partsOf } from "./keys.ts";

/** The event names an instance that is open. */
export function pinExisting(pin: Pin, role: Role, instance: Instance): boolean {
  if (!role.scope.keyed) return true;
  return partsOf(role, instance.key).every(([{ tokens }, value]) =>
    pin.at(tokens).add(value === undefined ? noScalar : exactly(value, true)),
  );
}

/** The event names none of those that are open. */
export function pinStranger(pin: Pin, role: Role, open: readonly Instance[]): boolean {
  if (!role.scope.keyed || open.length === 0) return true;
  const [pointer, second] = role.key;
  if (pointer === undefined || second !== undefined) return true;
  const used = new Set(open.map(({ key }) => key));
  return pin.at(pointer.tokens).add({ required: false, fits: (value) => !isKey(value) || !used.has(value) });
}

/** The event names a new instance. */
export function pinFresh(pin: Pin, role: Role, bay: Bay | undefined): boolean {
  const { keyed, numbered } = role.scope;
  if (!keyed) return true;
  if (numbered !== undefined) {
    const next = bay?.latest === undefined ? numbered.from : bay.latest + numbered.step;
    return role.key.every((pointer) => pointer === undefined || pin.at(pointer.tokens).add(exactly(next, true)));
  }
  const [first, second] = role.key;
  // Of a compound key the parts may be used again, only not together: that is checked when they have been drawn.
  const used = (value: Key): boolean =>
    second === undefined && (bay?.open.has(value) === true || bay?.closed.has(value) === true);
  return [first, ...role.key.slice(1)].every((pointer) => {
    return pointer === undefined || pin.at(pointer.tokens).add(fresh(used));
  });
}

function fresh(used: (value: Key) => boolean): PinRule {
  return { required: true, fits: (value) => isKey(value) && !used(value), suggest: (dice: Dice) => drawName(dice) };
}

const noScalar: PinRule = { required: false, propose: () => undefined, fits: (value) => !isKey(value) };

function isKey(value: unknown): value is Key {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
