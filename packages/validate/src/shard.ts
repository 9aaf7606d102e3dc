import { createHash } from "node:crypto";
import type { Input } from "./input.ts";

/** `I/N`: the I-th of N shares, counted from 1. */
export interface ShardChoice {
  readonly index: number;
  readonly count: number;
}

/**
 * The share of the inputs, and what tells whether other shares are of the same inputs. Inputs are dealt out in their order,
 * like cards: shares differ by one input at most, neighbours (which are often alike in size) go to different shares, and the
 * same names in the same folders always give the same shares. Sizes are not looked at: they may differ between machines.
 */
export function shardOf(
  inputs: readonly Input[],
  { index, count }: ShardChoice,
): { readonly inputs: readonly Input[]; readonly sha256: string } {
  const hash = createHash("sha256");
  for (const { kind, source } of inputs) hash.update(`${kind} ${source}\n`);
  return { inputs: inputs.filter((_, position) => position % count === index - 1), sha256: hash.digest("hex") };
}
