import type { Dice } from "../../case/dice.ts";
import { drawNumber } from "./number.ts";
import { drawOddName, drawText } from "./text.ts";

const UNBOUNDED = {
  least: Number.NEGATIVE_INFINITY,
  most: Number.POSITIVE_INFINITY,
  aboveLeast: false,
  belowMost: false,
  multipleOf: undefined,
};

/** Deeper than what is drawn bit by bit; readers that call themselves for each level notice. */
const DEEP = 40;
const WIDE = 30;

/** Any JSON value: mostly small, now and then deep or wide. */
export function drawJson(dice: Dice, depth = 0): unknown {
  if (depth === 0 && dice.once(60)) return nested(dice);
  const kind = dice.between(depth > 3 ? 3 : 0, 8);
  if (kind <= 1) return drawJsonObject(dice, depth);
  if (kind === 2) return Array.from({ length: size(dice, depth) }, () => drawJson(dice, depth + 1));
  if (kind === 3) return null;
  if (kind === 4) return dice.once(2);
  if (kind === 5) return drawNumber(dice, dice.once(2), UNBOUNDED) ?? 0;
  return drawText(dice);
}

/** Any JSON object. `fromEntries` makes properties of it, also one of the name `__proto__`. */
export function drawJsonObject(dice: Dice, depth = 0): Readonly<Record<string, unknown>> {
  const entries = Array.from({ length: size(dice, depth) }, (_, index) => {
    const name = dice.once(5) ? drawOddName(dice) : dice.once(6) ? drawText(dice) : `k${index}`;
    return [name, drawJson(dice, depth + 1)] as const;
  });
  return Object.fromEntries(entries);
}

function size(dice: Dice, depth: number): number {
  return depth === 0 && dice.once(40) ? WIDE : dice.between(0, 3);
}

function nested(dice: Dice): unknown {
  let value: unknown = drawText(dice);
  for (let depth = dice.between(DEEP / 2, DEEP); depth > 0; depth -= 1) value = dice.once(2) ? [value] : { d: value };
  return value;
}
