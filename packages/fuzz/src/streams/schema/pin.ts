import type { Dice } from "../../case/dice.ts";

/** What a protocol asks of the value at one place of an event, beyond the schemas. */
export interface PinRule {
  /** The value must be there. */
  readonly required: boolean;
  /** It can only be this one. */
  readonly fixed?: { readonly value: unknown };
  /** Something that fits, or is likely to; undefined: the value is left out. Without it, values are drawn from the schemas. */
  readonly propose?: (dice: Dice) => unknown;
  /** Now and then instead of a value drawn from the schemas: plainer, and still likely to fit. */
  readonly suggest?: (dice: Dice) => unknown;
  /** May the value be this one? Undefined: left out. */
  readonly fits: (value: unknown) => boolean;
}

/** What is asked of a value and of what is in it. */
export class Pin {
  readonly rules: PinRule[] = [];
  readonly children: Map<string, Pin> = new Map();

  /** The pin of a place further in. */
  at(tokens: readonly string[]): Pin {
    let pin: Pin = this;
    for (const token of tokens) {
      let child = pin.children.get(token);
      if (child === undefined) {
        child = new Pin();
        pin.children.set(token, child);
      }
      pin = child;
    }
    return pin;
  }

  copy(): Pin {
    const copy = new Pin();
    copy.rules.push(...this.rules);
    for (const [token, child] of this.children) copy.children.set(token, child.copy());
    return copy;
  }

  /** Takes over another's rules; false if they contradict each other. */
  merge(other: Pin): boolean {
    for (const rule of other.rules) if (!this.add(rule)) return false;
    for (const [token, child] of other.children) if (!this.at([token]).merge(child)) return false;
    return true;
  }

  /** False if it contradicts a rule that is there already. */
  add(rule: PinRule): boolean {
    const { fixed } = rule;
    const contradicts = this.rules.some(
      (other) =>
        (fixed !== undefined && !other.fits(fixed.value)) ||
        (other.fixed !== undefined && !rule.fits(other.fixed.value)),
    );
    if (contradicts) return false;
    this.rules.push(rule);
    return true;
  }

  /** Must there be a value, here or further in? */
  get required(): boolean {
    if (this.rules.some(({ required }) => required)) return true;
    for (const child of this.children.values()) if (child.required) return true;
    return false;
  }
}

/** Exactly this value; `required`: it may not be left out. */
export function exactly(value: unknown, required: boolean): PinRule {
  return { required, fixed: { value }, fits: (other) => (other === undefined ? !required : sameJson(value, other)) };
}

/** Absent, null or empty: what a subtype may be where there is none. */
export const empty: PinRule = {
  required: false,
  propose: (dice) => [undefined, null, ""][dice.between(0, 2)],
  fits: (value) => value === undefined || value === null || value === "",
};

export const absent: PinRule = { required: false, propose: () => undefined, fits: (value) => value === undefined };

export const present: PinRule = { required: true, fits: (value) => value !== undefined };

/** Are two values the same JSON? The order of keys does not matter. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && sameJson(Reflect.get(left, key), Reflect.get(right, key)));
}
