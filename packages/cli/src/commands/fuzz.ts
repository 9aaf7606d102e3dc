import {
  type FuzzError,
  type FuzzOptions,
  type FuzzResult,
  installedParsers,
  knownParsers,
  openSavedTape,
  playAgain,
  runFuzz,
  type Shows,
  savedTapesIn,
  saveFindings,
  type Target,
} from "@ssert/fuzz";
import { findInputs } from "@ssert/validate";
import { type Command, Option } from "commander";
import type { Define } from "../define.ts";
import { CommandError } from "../errors.ts";
import { listProperties } from "../fuzz/list.ts";
import { fuzzProgress } from "../fuzz/progress.ts";
import { deliverResults, type ResultFlags } from "../fuzz/results.ts";
import { shows } from "../fuzz/shows.ts";
import { addExample, collect } from "../help.ts";
import { counted } from "../phrases.ts";
import { milliseconds, runs, seed } from "../quantities.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { tool } from "../version.ts";

interface FuzzFlags extends ResultFlags {
  readonly seed?: number;
  readonly property?: readonly string[];
  readonly path?: string;
  readonly timeLimit?: number;
  readonly shows?: Partial<Shows>;
  readonly save?: string;
  readonly again?: readonly string[];
  readonly list?: boolean;
}

const EXAMPLE = `
Example: test your own parser, keep what is found, see it again

  ssert fuzz ./my-parser.mjs --save regressions
  ssert fuzz --again regressions/*.sse

TARGET: a package that ssert knows, ./module.mjs that exports parse(chunks), or
any language: 'cmd:PROGRAM …' that is given streams, 'http:PROGRAM …', a client.
"ssert fuzz --list" shows packages and properties.
Exit codes: 0 nothing found; 1 counterexamples; 2 a target could not be run.
`;

export const define: Define = (command, terminal, finish) => {
  describe(command);
  command.action(async (targets: readonly string[], flags: FuzzFlags) => {
    finish(await fuzz(targets, flags, terminal));
  });
};

function describe(command: Command): void {
  command
    .description(
      "Tries a parser against every rule of the HTML standard, and shows the smallest stream that it gets wrong.",
    )
    .argument("[targets...]", "what to test, see below")
    .option("--all", "every parser that ssert knows and finds installed here, as a matrix")
    .option("--runs <number>", "streams a property (1000)", runs)
    .option("--seed <number>", "draw the same streams again", seed)
    .option("--property <name>", "only this property, or group such as bom; repeatable", collect)
    .option("--path <path>", "with --property and --seed: go to what was found before")
    .option("--save <folder>", "keep what is found as tapes and tests; tried first next time")
    .option("--again <files...>", "only play these tapes, each to the parser it is for")
    .option("--shows <facts>", "what a program tells of events, such as id=last,type=no", shows)
    .option("--time-limit <time>", "for one stream: 1s (default), 500ms …", milliseconds)
    .addOption(new Option("--format <format>", "of the results; text unless told").choices(["text", "json", "html"]))
    .addOption(new Option("--json", "the same as --format json").implies({ format: "json" }))
    .option("--output <file>", "write the results to a file instead of stdout")
    .option("--list", "list the properties and the parsers that ssert knows");
  addExample(command, EXAMPLE);
}

async function fuzz(named: readonly string[], flags: FuzzFlags, terminal: Terminal): Promise<ExitCode> {
  if (flags.list === true) {
    terminal.out(listProperties(process.cwd(), flags.format === "json"));
    return 0;
  }
  refuseContradictions(flags);
  const targets = flags.all === true ? [...named, ...everyParser(process.cwd())] : named;
  if (targets.length === 0 && flags.again === undefined) {
    throw new CommandError("usage", "fuzz needs a target, such as ./my-parser.mjs, or --all");
  }
  const unusable: FuzzError[] = [];
  const stopped = new AbortController();
  const off = terminal.onStop(() => stopped.abort());
  const progress = fuzzProgress(terminal, targets.length);
  const options: FuzzOptions = {
    ...(flags.timeLimit !== undefined && { timeLimitMs: flags.timeLimit }),
    ...(flags.shows !== undefined && { shows: flags.shows }),
    signal: stopped.signal,
    onUnusable: (_, error) => unusable.push(error),
    onResult: progress.result,
  };
  try {
    const result =
      flags.again === undefined ? await draw(targets, flags, options) : await play(named, flags.again, options);
    progress.end();
    if (result.targets.length > 0) await deliverResults(result, flags, terminal);
    if (flags.save !== undefined) await save(result, flags.save, terminal);
    // What is wrong with the command line is wrong for every target.
    for (const message of new Set(unusable.map((error) => error.message)))
      terminal.err(`ssert: ${message.replaceAll(/\s*\n\s*/g, " ")}\n`);
    if (!stopped.signal.aborted) return unusable.length > 0 ? 2 : result.ok ? 0 : 1;
    terminal.err(`ssert: interrupted: ${counted(progress.count(), "result")} until then\n`);
    return 2;
  } finally {
    progress.end();
    off();
  }
}

/** Throws CommandError `usage` for flags that cannot be meant together. */
function refuseContradictions(flags: FuzzFlags): void {
  if (flags.again !== undefined && (flags.all === true || flags.save !== undefined || flags.format === "html")) {
    throw new CommandError("usage", "--again only plays tapes; leave out --all, --save and --format html");
  }
  if (flags.path !== undefined && (flags.property?.length !== 1 || flags.seed === undefined)) {
    throw new CommandError("usage", "--path leads to a finding of one property and seed; add --property NAME --seed N");
  }
}

async function draw(
  targets: readonly (string | Target)[],
  flags: FuzzFlags,
  options: FuzzOptions,
): Promise<FuzzResult> {
  return await runFuzz(targets, {
    ...options,
    ...(flags.runs !== undefined && { runs: flags.runs }),
    ...(flags.seed !== undefined && { seed: flags.seed }),
    ...(flags.property !== undefined && { properties: flags.property }),
    ...(flags.path !== undefined && { path: flags.path }),
    ...(flags.save !== undefined && { saved: await savedTapesIn(flags.save) }),
    workers: WORKERS,
  });
}

async function play(
  targets: readonly string[],
  files: readonly string[],
  { timeLimitMs, ...options }: FuzzOptions,
): Promise<FuzzResult> {
  const found = await findInputs(files);
  if (found.some(({ kind }) => kind === "stdin")) {
    throw new CommandError("usage", "standard input has no chunks to play; save it as NAME.sse and name that");
  }
  const tapes = await Promise.all(found.map(({ source }) => openSavedTape(source)));
  return await playAgain(tapes, {
    ...options,
    ...(timeLimitMs !== undefined && { timeLimitMs }),
    ...(targets.length > 0 && { targets }),
  });
}

async function save(result: FuzzResult, dir: string, terminal: Terminal): Promise<void> {
  for (const target of result.targets) {
    for (const path of await saveFindings(target, { dir, tool })) {
      terminal.err(`saved ${path}, and ${path.replace(/sse$/, "test.mjs")}\n`);
    }
  }
}

/** Two threads: a parser is judged by its own thread's time, so that more would only be quicker, but laptops have two to spare. */
const WORKERS = 2;

function everyParser(folder: string): readonly Target[] {
  const installed = installedParsers(folder);
  if (installed.length > 0) return installed;
  const names = knownParsers.map(({ name }) => name).join(", ");
  throw new CommandError("usage", `no parser that ssert knows is installed in ${folder}; it knows ${names}`);
}
