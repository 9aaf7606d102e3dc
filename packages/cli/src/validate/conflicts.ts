import { basename, resolve } from "node:path";
import { CommandError } from "../errors.ts";
import type { ValidateFlags } from "./flags.ts";
import type { Destination } from "./report-output.ts";

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

/** Throws CommandError `usage` where a report would replace a recording, or what it is made from. */
export function checkOutputs(
  destinations: readonly Destination[],
  inputs: readonly { readonly source: string }[],
): void {
  for (const { file, flag } of destinations) {
    if (file === undefined) continue;
    const path = resolve(file);
    const isInput = inputs.some(({ source }) => basename(source) === basename(path) && resolve(source) === path);
    if (!isInput && !/\.sse(?:\.tape)?$/.test(file)) continue;
    const why = isInput ? "is an input, which the report would replace" : "is the name of a recording, not of a report";
    throw new CommandError("usage", `${flag ?? "--output"}: ${file} ${why}: name another file`);
  }
}

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
