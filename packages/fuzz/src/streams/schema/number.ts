import type { Dice } from "../../case/dice.ts";

/** Bounds of a number; infinite where there is none. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly aboveLeast: boolean;
  readonly belowMost: boolean;
  readonly multipleOf: number | undefined;
}

/** Where readers of numbers go wrong: signs, the ends of 32 and of 53 bits, exponents, and what no decimal spells. */
const ODD_INTEGERS = [-1, 255, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 53 - 1, -(2 ** 53) + 1, 1e15];
const ODD_NUMBERS = [0.5, -0.1, 0.1 + 0.2, 1e21, -1e-7, 5e-324, 1.797_693_134_862_315_7e308, 3.0, 1e100];

/** A number within its bounds; undefined if none was found. */
export function drawNumber(dice: Dice, integer: boolean, bounds: Bounds): number | undefined {
  const { least, most, multipleOf } = bounds;
  const start = Number.isFinite(least) ? Math.ceil(least) : Number.isFinite(most) ? Math.floor(most) - 100 : 0;
  const end = Math.min(Number.isFinite(most) ? Math.floor(most) : start + 100, start + 1000);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const odd = dice.once(6) ? dice.pick(integer || dice.once(2) ? ODD_INTEGERS : ODD_NUMBERS) : undefined;
    const plain = start <= end ? dice.between(start, end) : least + (most - least) / 2;
    const value = fit(odd ?? plain, multipleOf);
    if (allowed(value, integer, bounds)) return value;
  }
  return [start, start + 1, end, end - 1, fit(start + (multipleOf ?? 0), multipleOf)].find((value) =>
    allowed(value, integer, bounds),
  );
}

function fit(value: number, multipleOf: number | undefined): number {
  return multipleOf === undefined ? value : Math.floor(value / multipleOf) * multipleOf;
}

function allowed(value: number, integer: boolean, { least, most, aboveLeast, belowMost }: Bounds): boolean {
  if (integer && !Number.isInteger(value)) return false;
  return (aboveLeast ? value > least : value >= least) && (belowMost ? value < most : value <= most);
}
