import { CommandError } from "../errors.ts";
import type { ValidateFlags } from "./flags.ts";

/** Flags of which each asks for another way to run. */
const ALONE = ["merge", "watch", "shard", "shrink"] as const;

/** What has been decided when the shards were judged, and would change nothing any more. */
const OF_SHARDS = [
  ["rule", "--rule"],
  ["baseline", "--baseline"],
  ["updateBaseline", "--update-baseline"],
] as const;

/** Ways to run that see a part of the streams, or see them again and again: a baseline is written from all of them, once. */
const NO_UPDATE = ["shard", "watch"] as const;

/** Throws CommandError `usage` for flags, and inputs, that do not go together. */
export function checkConflicts(inputs: readonly string[], flags: ValidateFlags): void {
  const [first, second] = ALONE.filter((name) => flags[name] !== undefined);
  if (second !== undefined) {
    throw new CommandError("usage", `--${first} and --${second} do not go together: give one of them`);
  }
  const late = flags.merge === true ? OF_SHARDS.find(([name]) => flags[name] !== undefined) : undefined;
  if (late !== undefined) {
    throw new CommandError(
      "usage",
      `--merge does not judge again, so ${late[1]} changes nothing: give it to each shard`,
    );
  }
  const partial = flags.updateBaseline === true ? NO_UPDATE.find((name) => flags[name] !== undefined) : undefined;
  if (partial !== undefined) {
    throw new CommandError(
      "usage",
      `--update-baseline does not go with --${partial}: one run over all inputs writes it`,
    );
  }
  if (inputs.includes("-") && flags.data === "-") {
    throw new CommandError("usage", "standard input is named twice: as an input, and by -d -");
  }
}
