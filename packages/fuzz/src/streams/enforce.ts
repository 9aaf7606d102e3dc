import type { Pin, PinRule } from "./schema/pin.ts";
import { seededDice } from "./seeded-dice.ts";

/** Writes into data what is pinned, where there is something else. False if that cannot be done. */
export function enforce(pin: Pin, data: unknown): boolean {
  for (const [token, child] of pin.children) {
    const holder = typeof data === "object" && data !== null ? data : undefined;
    const value: unknown =
      holder !== undefined && Object.hasOwn(holder, token) ? Reflect.get(holder, token) : undefined;
    const right = child.rules.every((rule) => rule.fits(value)) ? value : rightValue(child.rules);
    if (!child.rules.every((rule) => rule.fits(right))) return false;
    if (right !== value) {
      if (holder === undefined || right === undefined) return false;
      // A property of one's own, also of the name `__proto__`.
      Object.defineProperty(holder, token, { value: right, enumerable: true, writable: true, configurable: true });
    }
    if (!enforce(child, right)) return false;
  }
  return true;
}

function rightValue(rules: readonly PinRule[]): unknown {
  const fixed = rules.find((rule) => rule.fixed !== undefined)?.fixed;
  if (fixed !== undefined) return fixed.value;
  return rules.find((rule) => rule.propose !== undefined)?.propose?.(seededDice(0));
}
