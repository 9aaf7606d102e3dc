import { Dice } from "../case/dice.ts";

/** Dice that fall the same way for the same seed, on every machine and in every version of a library. */
export function seededDice(seed: number): Dice {
  let state = scramble(seed | 0);
  return new Dice({
    nextInt(least: number = 0, most: number = 0x7fff_ffff): number {
      state = (state + 0x6d2b_79f5) | 0;
      return least + Math.floor((scramble(state) / 0x1_0000_0000) * (most - least + 1));
    },
  });
}

/** The mixing function of mulberry32 (Tommy Ettinger, public domain): 32 bits in, 32 bits out. */
function scramble(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 15), bits | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
