import { findInputs, shardOf } from "@ssert/validate";
import type { Define } from "../define.ts";
import { CommandError } from "../errors.ts";
import { findProtocolSource } from "../protocols.ts";
import { checkWritable, destinationsOf } from "../report-output.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { describe, type ValidateFlags } from "../validate/flags.ts";
import { conclude } from "../validate/outcome.ts";
import { runInputs } from "../validate/run.ts";
import { tool } from "../version.ts";

export const define: Define = (command, terminal, finish) => {
  describe(command);
  command.action(async (inputs: readonly string[], flags: ValidateFlags) => {
    finish(await validate(inputs, flags, terminal));
  });
};

async function validate(paths: readonly string[], flags: ValidateFlags, terminal: Terminal): Promise<ExitCode> {
  const destinations = destinationsOf(flags);
  await checkWritable(destinations);
  if (flags.merge === true) {
    const { mergeShards } = await import("../validate/merge.ts");
    return await conclude(await mergeShards(paths, destinations, terminal), destinations, flags, terminal);
  }
  if (paths.includes("-") && flags.data === "-") {
    throw new CommandError("usage", "standard input is named twice: as an input, and by -d -");
  }
  const found = flags.protocol === undefined ? undefined : await findProtocolSource(flags.protocol);
  const stopped = new AbortController();
  const off = terminal.onStop(() => stopped.abort());
  try {
    if (flags.watch === true) {
      const { watchInputs } = await import("../validate/watch.ts");
      return await watchInputs(paths, { found, destinations, flags, terminal, signal: stopped.signal });
    }
    const all = await findInputs(paths);
    const share = flags.shard && shardOf(all, flags.shard);
    const inputs = share?.inputs ?? all;
    const outcome = await runInputs(inputs, found, destinations, flags, terminal, stopped.signal);
    if (!flags.shard || !share) return await conclude(outcome, destinations, flags, terminal);
    const { protocols, unknown: unknownProtocols } = outcome;
    const facts = { inputs: all.length, inputsSha256: share.sha256, tool, protocol: found?.protocol.id ?? null };
    const shard = { ...flags.shard, ...facts, protocols, unknownProtocols };
    return await conclude({ ...outcome, report: { ...outcome.report, shard } }, destinations, flags, terminal);
  } finally {
    off();
  }
}
