import type { RuleSeverity } from "@ssert/protocol";
import type { ShardChoice } from "@ssert/validate";
import { type Command, InvalidArgumentError, Option } from "commander";
import { addExample, collect } from "../help.ts";
import { count, jobs, seconds, shard, size } from "../quantities.ts";
import type { RequestFlags } from "../request.ts";
import type { PolicyFlags } from "./policy.ts";
import { collectFormat, FORMATS } from "./report-formats.ts";
import type { OutputFlags } from "./report-output.ts";
import type { ShrinkFlags } from "./shrink-input.ts";

export interface ValidateFlags extends OutputFlags, RequestFlags, ShrinkFlags, PolicyFlags {
  readonly protocol?: string;
  readonly maxEventBytes?: number;
  /** Milliseconds, of each URL. */
  readonly maxTime?: number;
  readonly idleTimeout?: number;
  readonly jobs?: number;
  readonly shard?: ShardChoice;
  readonly merge?: boolean;
  readonly watch?: boolean;
}

const EXAMPLE = `
Example: check what was recorded, and what a server sends now

  ssert validate tapes
  ssert validate https://api.example.com/events --max-time 30 --protocol pokee

The protocol: --protocol, else the tape's, else the config's, else framing only.
For URLs there are -X, -H, -d, --max-time, --idle-timeout of "ssert record".
Exit codes: 0 every stream is valid; 1 findings; 2 an input could not be read.
`;

/** Arguments, flags and help of `ssert validate`. */
export function describe(command: Command): void {
  command
    .description("Says whether streams keep to their protocol; where they do not, shows both places and what to do.")
    .argument("<inputs...>", "files, folders, 'globs', URLs, - for stdin")
    .option("--protocol <protocol>", "a built-in one's name, or a file's path")
    .addOption(new Option("--format <format>", `${FORMATS.join(", ")}; repeatable`).argParser(collectFormat))
    .option("--json", "the same as --format json")
    .option("--output <file>", "write the report to a file instead of stdout")
    .option("--output-dir <dir>", "write report.FORMAT files; pretty goes to stdout")
    .option("--rule <id=severity>", "error, warning or off; repeatable", collectRule)
    .option("--baseline <file>", "known findings do not count; stale entries fail")
    .option("--update-baseline", "write what is found now to the baseline")
    .option("--config <file>", "instead of ./ssert.config.ts")
    .option("--private", "ids as hashes, text as lengths: for public logs")
    .option("--max-warnings <number>", "exit 1 when there are more warnings than this", count)
    .option("--max-event-bytes <size>", "give up a stream at a larger event (16MiB)", size)
    .option("--jobs <number>", "threads; 1: none (one a core, up to 8)", jobs)
    .option("--shard <i/n>", "only share I of N; keep its report with --json", shard)
    .option("--merge", "inputs are the JSON reports of all shards: join them")
    .option("--watch", "go on, and validate again what changes")
    .option("--shrink <file>", "write the smallest stream that still fails so")
    .option("--redact-text", "with --shrink: without content, for bug reports");
  for (const [flags, what, parse] of OF_URLS) command.addOption(new Option(flags, what).argParser(parse).hideHelp());
  addExample(command, EXAMPLE);
}

/** As in `ssert record`, whose help explains them: one screen has no room for them twice. */
const OF_URLS: readonly (readonly [
  flags: string,
  what: string,
  parse: (value: string, previous: unknown) => unknown,
])[] = [
  ["-X, --request <method>", "method; GET, or POST with -d", String],
  ["-H, --header <header>", "'Name: value', or @FILE with one a line; repeatable", collectHeader],
  ["-d, --data <data>", "request body: text, @FILE, or - for stdin", String],
  ["--max-time <time>", "judge what has come after 30, 30s, 500ms, 2m …", seconds],
  ["--idle-timeout <time>", "judge what has come when nothing more has for this long", seconds],
];

function collectHeader(value: string, previous: unknown): readonly string[] {
  return collect(value, Array.isArray(previous) ? previous : []);
}

function collectRule(value: string, previous: unknown): ReadonlyMap<string, RuleSeverity> {
  const [, rule, severity] = /^([^=]+\/[^=]+)=(error|warning|off)$/.exec(value) ?? [];
  if (rule === undefined || (severity !== "error" && severity !== "warning" && severity !== "off")) {
    throw new InvalidArgumentError("Expected RULE=SEVERITY such as sse/id=off; severities are error, warning, off.");
  }
  return new Map([...(previous instanceof Map ? previous : []), [rule, severity]]);
}
