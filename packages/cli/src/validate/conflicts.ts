import { CommandError } from "../errors.ts";
import type { ValidateFlags } from "./flags.ts";

/** Flags of which each asks for another way to run. */
const ALONE = ["merge", "watch", "shard", "shrink"] as const;

/** Throws CommandError `usage` for flags, and inputs, that do not go together. */
export function checkConflicts(inputs: readonly string[], flags: ValidateFlags): void {
  const [first, second] = ALONE.filter((name) => flags[name] !== undefined);
  if (second !== undefined) {
    throw new CommandError("usage", `--${first} and --${second} do not go together: give one of them`);
  }
  if (inputs.includes("-") && flags.data === "-") {
    throw new CommandError("usage", "standard input is named twice: as an input, and by -d -");
  }
}
