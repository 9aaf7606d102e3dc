import { findInputs, frameSource, validateStreams } from "@ssert/validate";
import type { Define } from "../define.ts";
import { findProtocol } from "../protocols.ts";
import { deliver, destinationsOf } from "../report-output.ts";
import { styleFor } from "../style.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { describe, type ValidateFlags } from "../validate/flags.ts";
import { liveLines } from "../validate/live-lines.ts";
import { protocolChoice } from "../validate/protocol-choice.ts";
import { inputToShrink } from "../validate/shrink-input.ts";
import { exitCode, framingOnly, interrupted } from "../validate/verdict.ts";

export const define: Define = (command, terminal, finish) => {
  describe(command);
  command.action(async (inputs: readonly string[], flags: ValidateFlags) => {
    finish(await validate(inputs, flags, terminal));
  });
};

async function validate(paths: readonly string[], flags: ValidateFlags, terminal: Terminal): Promise<ExitCode> {
  const destinations = destinationsOf(flags);
  const choice = protocolChoice(flags.protocol === undefined ? undefined : await findProtocol(flags.protocol));
  const inputs = await findInputs(paths);
  const toShrink = inputToShrink(inputs, flags);
  const frames = frameSource();
  const live = liveLines(destinations, terminal);
  const stopped = new AbortController();
  const off = terminal.onStop(() => stopped.abort());
  try {
    const report = await validateStreams(inputs, {
      protocol: choice.of,
      ...(inputs.some(({ kind }) => kind === "stdin") && { stdin: frames.keep(terminal.stdin) }),
      onStream: live.stream,
      signal: stopped.signal,
      ...(flags.maxEventBytes !== undefined && { maxEventBytes: flags.maxEventBytes }),
    });
    live.end(report);
    const context = { frames, style: styleFor(terminal.outColor), width: terminal.columns, rules: choice.rules() };
    await deliver(report, live.others, context, terminal);
    if (toShrink !== undefined) {
      const { shrinkTo } = await import("../validate/shrink.ts");
      await shrinkTo(toShrink, report, flags, choice, terminal);
    }
    const untold = stopped.signal.aborted ? interrupted(report, inputs.length) : choice.untold();
    const forPerson = destinations.some(({ format }) => format === "pretty" || format === "github");
    const hint = forPerson && untold === undefined ? framingOnly(report) : undefined;
    if (hint !== undefined) terminal.err(`${hint}\n`);
    if (untold === undefined) return exitCode(report, flags.maxWarnings);
    terminal.err(`ssert: ${untold}\n`);
    return 2;
  } finally {
    off();
  }
}
