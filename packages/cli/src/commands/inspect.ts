import { setTimeout as wait } from "node:timers/promises";
import { ProtocolError } from "@ssert/protocol";
import { createReport } from "@ssert/report";
import { type Repair, TapeError } from "@ssert/tape";
import { findInputs, type Inspection, inspectStream, type Orphan, orphansIn } from "@ssert/validate";
import { type Command, InvalidArgumentError } from "commander";
import type { Define } from "../define.ts";
import { CommandError } from "../errors.ts";
import { addExample } from "../help.ts";
import { inspectionJson } from "../inspect/inspection-json.ts";
import { describeTapes, type Unreadable } from "../inspect/many-tapes.ts";
import { describeTape } from "../inspect/one-tape.ts";
import { type RepairHost, repairAll } from "../inspect/repair-all.ts";
import { jsonText } from "../phrases.ts";
import { chooseProtocol, type ProtocolOf } from "../protocol-choice.ts";
import { styleFor } from "../style.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { visible } from "../visible.ts";

interface InspectFlags {
  readonly protocol?: string;
  readonly html?: string;
  readonly repair?: boolean;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: what is on this tape, and is it as it was recorded?

  ssert inspect tapes/chat.sse
  ssert inspect tapes                     # a line each, and orphans
  ssert inspect tapes --repair            # finish what a dead recorder left

--repair never guesses: it writes the end line of a tape whose recorder died (it
is silent for 20 s) and undoes git's autocrlf, where the hash proves it.
Exit codes: 0 every tape is as it was recorded and valid; 1 one is not, or has
lost its .sse; 2 a tape could not be read.
`;

export const define: Define = (command, terminal, finish) => {
  describe(command);
  command.action(async (paths: readonly string[], flags: InspectFlags) => {
    finish(await inspect(paths, flags, terminal));
  });
};

function describe(command: Command): void {
  command
    .description("Shows what tapes hold: request, verdict, events, timing, chunks; age, provenance and damage.")
    .argument("<tapes...>", "files, folders (all *.sse in them), or 'globs'")
    .option("--protocol <protocol>", "judge by this one instead of what the tapes name")
    .option("--html <file>", "write a page with every event and its bytes", htmlFile)
    .option("--repair", "repair what can be repaired without guessing, first")
    .option("--json", "print JSON");
  addExample(command, EXAMPLE);
}

function htmlFile(text: string): string {
  if (/\.html?$/i.test(text)) return text;
  throw new InvalidArgumentError("Expected a file such as tapes.html.");
}

async function inspect(paths: readonly string[], flags: InspectFlags, terminal: Terminal): Promise<ExitCode> {
  const protocol = await chooseProtocol(flags.protocol);
  const sources = await sourcesOf(paths);
  const stopped = new AbortController();
  const off = terminal.onStop(() => stopped.abort());
  try {
    const repairs = flags.repair ? await repairAll(sources, repairHost(terminal, stopped.signal)) : [];
    const inspections: Inspection[] = [];
    const unreadable: Unreadable[] = [];
    for (const [index, source] of sources.entries()) {
      if (stopped.signal.aborted) break;
      if (sources.length > 1) terminal.progress(`${index + 1} of ${sources.length}: ${visible(source)}`);
      try {
        inspections.push(await inspectStream(source, { protocol, signal: stopped.signal }));
      } catch (error) {
        if (!(error instanceof TapeError || error instanceof ProtocolError)) throw error;
        unreadable.push({ path: source, message: error.message });
      }
    }
    terminal.progress("");
    const orphans = await orphansOf(paths);
    print({ inspections, unreadable, orphans, repairs }, flags, terminal);
    if (flags.html !== undefined) await writePage(flags.html, inspections, protocol, terminal);
    for (const { message } of unreadable) terminal.err(`ssert: ${message}\n`);
    if (stopped.signal.aborted)
      terminal.err(`ssert: interrupted: ${inspections.length} of ${sources.length} tapes were read\n`);
    return exitCode(inspections, orphans, unreadable.length > 0 || stopped.signal.aborted);
  } finally {
    off();
  }
}

async function sourcesOf(paths: readonly string[]): Promise<readonly string[]> {
  const inputs = await findInputs(paths);
  if (inputs.some(({ kind }) => kind !== "file")) {
    throw new CommandError("usage", "inspect reads tapes, which are files: record what comes from elsewhere first");
  }
  return inputs.map(({ source }) => source);
}

const repairHost = (terminal: Terminal, signal: AbortSignal): RepairHost => ({
  async wait(milliseconds) {
    terminal.progress(`written just now: waiting ${milliseconds / 1000} s to see whether anybody is recording`);
    await wait(milliseconds, undefined, { signal }).catch(() => undefined);
    terminal.progress("");
    return !signal.aborted;
  },
  refused: (message) => terminal.err(`not repaired: ${message}\n`),
});

async function orphansOf(paths: readonly string[]): Promise<readonly Orphan[]> {
  const found = await Promise.all(paths.map(async (path) => await orphansIn(path)));
  return found.flat();
}

interface Result {
  readonly inspections: readonly Inspection[];
  readonly unreadable: readonly Unreadable[];
  readonly orphans: readonly Orphan[];
  readonly repairs: readonly Repair[];
}

function print(
  { inspections, unreadable, orphans, repairs }: Result,
  { json }: InspectFlags,
  terminal: Terminal,
): void {
  if (json) {
    const tapes = inspections.map(inspectionJson);
    terminal.out(jsonText({ tapes, unreadable, orphans, repairs }));
    return;
  }
  const page = {
    style: styleFor(terminal.outColor),
    width: terminal.columns ?? 100,
    room: terminal.columns ?? Number.POSITIVE_INFINITY,
    now: new Date(),
  };
  for (const { path, message } of repairs) terminal.out(`repaired ${visible(path)}: ${visible(message)}\n`);
  const [only, ...others] = inspections;
  const alone = others.length === 0 && orphans.every(({ kind }) => kind === "no-lines");
  if (only !== undefined && alone && unreadable.length === 0) terminal.out(describeTape(only, page));
  // Of one that cannot be read stderr says all.
  else if (inspections.length + unreadable.length > 1 || !alone) {
    terminal.out(describeTapes({ inspections, unreadable, orphans }, page));
  }
}

async function writePage(
  file: string,
  inspections: readonly Inspection[],
  protocol: ProtocolOf,
  terminal: Terminal,
): Promise<void> {
  const { writeHtml } = await import("../inspect/page.ts");
  await writeHtml(file, createReport(inspections.map(({ report }) => report)), protocol);
  terminal.err(`page written to ${file}\n`);
}

function exitCode(inspections: readonly Inspection[], orphans: readonly Orphan[], unread: boolean): ExitCode {
  if (unread || inspections.some(({ report }) => report.verdict === "unreadable")) return 2;
  const sound = inspections.every(({ report: { verdict, findings } }) => {
    return verdict !== "invalid" && verdict !== "truncated" && findings.every(({ rule }) => !rule.startsWith("tape/"));
  });
  return sound && orphans.every(({ kind }) => kind === "no-lines") ? 0 : 1;
}
