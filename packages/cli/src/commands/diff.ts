import { builtinProtocols, type Protocol } from "@ssert/protocol";
import { openTape, type Tape } from "@ssert/tape";
import {
  compareOutlines,
  findInputs,
  type Outline,
  readOutline,
  TIERS,
  type Tier,
  VALUE_KINDS,
  type ValueKind,
} from "@ssert/validate";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Define } from "../define.ts";
import { comparisonJson, comparisonText, nothingCompared } from "../diff/comparison.ts";
import { CommandError } from "../errors.ts";
import { addExample } from "../help.ts";
import { chooseProtocol } from "../protocol-choice.ts";
import { styleFor } from "../style.ts";
import type { ExitCode, Terminal } from "../terminal.ts";

interface DiffFlags {
  readonly protocol?: string;
  readonly values?: ReadonlySet<ValueKind>;
  readonly failOn: Tier;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: has the API moved since we recorded?

  ssert record https://api.example.com/chat -d @request.json -o now.sse
  ssert diff tapes/chat.sse now.sse

error: what a client relied upon is gone (a property, its type, the stream).
warning: what a client may never have seen (a new event, another order).
info: what differs from one answer to the next (counts, timing, new properties).
Values are compared only with --values; of JSON only status and media type.
Exit codes: 0 nothing of the tier of --fail-on or above; 1 something; 2 an input
could not be read.
`;

export const define: Define = (command, terminal, finish) => {
  describe(command);
  command.action(async (before: string, now: string, flags: DiffFlags) => {
    finish(await diff(before, now, flags, terminal));
  });
};

function describe(command: Command): void {
  command
    .description("Compares recordings by structure: response, events, their order, the shape of their data, timing.")
    .argument("<before>", "what was recorded: a file, a folder, or a 'glob'")
    .argument("<now>", "what it is compared with: the same")
    .option("--protocol <protocol>", "tells the kinds of events apart; default: what the tapes name, else the config's")
    .option("--values <kinds>", `compare values, too: ${VALUE_KINDS.join(",")} or all`, valueKinds)
    .addOption(
      new Option("--fail-on <tier>", "exit 1 for differences of this tier and above").choices(TIERS).default("error"),
    )
    .option("--json", "print JSON");
  addExample(command, EXAMPLE);
}

function valueKinds(text: string): ReadonlySet<ValueKind> {
  if (text === "all") return new Set(VALUE_KINDS);
  const kinds = text.split(",").map((word) => VALUE_KINDS.find((kind) => kind === word.trim()));
  if (kinds.includes(undefined))
    throw new InvalidArgumentError(`Expected ${VALUE_KINDS.join(", ")}, several of them with commas, or all.`);
  return new Set(kinds.filter((kind) => kind !== undefined));
}

async function diff(before: string, now: string, flags: DiffFlags, terminal: Terminal): Promise<ExitCode> {
  const chosen = await chooseProtocol(flags.protocol);
  const stopped = new AbortController();
  const off = terminal.onStop(() => stopped.abort(new CommandError("usage", "interrupted: nothing was compared")));
  try {
    const used = new Set<Protocol>();
    const theirs = await namesIn([before, now]);
    // What was recorded without --protocol is of the same API as what it is compared with.
    const shared = theirs.size === 1 ? [...theirs][0] : undefined;
    const read = async (name: string): Promise<Outline> =>
      await readOutline(tapesOf(name), {
        protocol: async (named) => {
          const protocol = await chosen(named ?? shared);
          if (protocol !== undefined) used.add(protocol);
          return protocol;
        },
        ...(flags.values !== undefined && { values: flags.values }),
        signal: stopped.signal,
      });
    const [was, is] = [await read(before), await read(now)];
    const [protocol] = used;
    const differences = compareOutlines(was, is, protocol);
    const comparison = {
      before: { name: before, outline: was },
      now: { name: now, outline: is },
      protocol,
      differences,
    };
    terminal.out(flags.json ? comparisonJson(comparison) : comparisonText(comparison, styleFor(terminal.outColor)));
    const nothing = nothingCompared(comparison);
    if (nothing !== undefined) terminal.err(nothing);
    else if (protocol === undefined) terminal.err(withoutProtocol());
    if (used.size > 1) terminal.err(ofSeveral([...used]));
    const failing = TIERS.slice(0, TIERS.indexOf(flags.failOn) + 1);
    return differences.some(({ tier }) => failing.includes(tier)) ? 1 : 0;
  } finally {
    off();
  }
}

async function* tapesOf(name: string): AsyncIterable<Tape> {
  for (const { kind, source } of await findInputs([name])) {
    if (kind === "stdin") throw new CommandError("usage", "diff reads files: keep what comes from stdin in one first");
    yield await openTape(source);
  }
}

/** The protocols that tapes of either side name. */
async function namesIn(sides: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const side of sides) {
    for await (const { header } of tapesOf(side)) if (header?.protocol !== undefined) found.add(header.protocol);
  }
  return found;
}

function ofSeveral(protocols: readonly Protocol[]): string {
  const ids = protocols.map(({ id }) => id).join(", ");
  return `the tapes are of several protocols (${ids}), which have little in common; name one with --protocol\n`;
}

function withoutProtocol(): string {
  const known = builtinProtocols().map(({ name }) => name);
  return `no protocol: events are told apart by their event: line or /type; name one with --protocol (${known.join(", ")}, or a file)\n`;
}
