import type { StreamReport } from "@ssert/report";
import { createThreads, findInputs, type ShardChoice, shardOf } from "@ssert/validate";
import type { Define } from "../define.ts";
import { protocolOf } from "../protocol-choice.ts";
import { type FoundProtocol, findProtocolSource } from "../protocols.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { checkConflicts } from "../validate/conflicts.ts";
import { describe, type ValidateFlags } from "../validate/flags.ts";
import { mergeShards } from "../validate/merge.ts";
import { conclude, type Outcome } from "../validate/outcome.ts";
import { policyOf } from "../validate/policy.ts";
import { checkWritable, destinationsOf, refusePageOnScreen } from "../validate/report-output.ts";
import { type Run, runInputs } from "../validate/run.ts";
import { inputToShrink } from "../validate/shrink-input.ts";
import { keepMemorySmall, prepareForMany } from "../validate/v8-settings.ts";
import { watchInputs } from "../validate/watch.ts";
import { tool } from "../version.ts";

export const define: Define = (command, terminal, finish) => {
  describe(command);
  command.action(async (inputs: readonly string[], flags: ValidateFlags) => {
    finish(await validate(inputs, flags, terminal));
  });
};

async function validate(paths: readonly string[], flags: ValidateFlags, terminal: Terminal): Promise<ExitCode> {
  checkConflicts(paths, flags);
  const destinations = destinationsOf(flags);
  refusePageOnScreen(destinations, terminal);
  await checkWritable(destinations);
  const found = flags.protocol === undefined ? undefined : await findProtocolSource(flags.protocol);
  const policy = await policyOf(flags, found);
  if (flags.merge === true) {
    return await conclude(await mergeShards(paths, destinations, terminal), destinations, policy, terminal);
  }
  const stopped = new AbortController();
  const off = terminal.onStop(() => stopped.abort());
  const run = { found, destinations, flags, policy, terminal, signal: stopped.signal };
  const threads = createThreads(flags.jobs);
  try {
    if (flags.watch === true) {
      return await watchInputs(paths, run);
    }
    const all = await findInputs(paths, (found) => {
      const files = found / (flags.shard?.count ?? 1);
      prepareForMany(files);
      threads.found(files);
    });
    const toShrink = inputToShrink(all, flags);
    await keepMemorySmall(all);
    const share = flags.shard && shardOf(all, flags.shard);
    const told: StreamReport[] = [];
    const watched = toShrink === undefined ? run : remembering(run, told);
    const outcome = await runInputs(share?.inputs ?? all, { ...watched, threads });
    const whole = flags.shard && share ? asShard(outcome, flags.shard, all.length, share.sha256, found) : outcome;
    const code = await conclude(whole, destinations, policy, terminal);
    await policy.finish(!stopped.signal.aborted && outcome.summary.unreadable === 0, terminal);
    if (toShrink !== undefined && !stopped.signal.aborted) {
      const { shrinkTo } = await import("../validate/shrink.ts");
      await shrinkTo({ input: toShrink, told: told[0], protocolOf: protocolOf(found, policy.fallback) }, run);
    }
    return code;
  } finally {
    off();
    await threads.close();
  }
}

/** The same run, which keeps the reports of streams: what is known or switched off is not shrunk to. */
function remembering(run: Run, kept: StreamReport[]): Run {
  const told = (stream: StreamReport): StreamReport => {
    const report = run.policy.told(stream);
    kept.push(report);
    return report;
  };
  return { ...run, policy: { ...run.policy, told } };
}

/** The outcome with what `--merge` must know. */
function asShard(
  outcome: Outcome,
  choice: ShardChoice,
  inputs: number,
  inputsSha256: string,
  found: FoundProtocol | undefined,
): Outcome {
  const { protocols, unknown: unknownProtocols, report } = outcome;
  const protocol = found?.protocol.id ?? null;
  return {
    ...outcome,
    report: { ...report, shard: { ...choice, inputs, inputsSha256, tool, protocol, protocols, unknownProtocols } },
  };
}
