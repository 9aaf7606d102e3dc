import { mutantsFrom, sampleStream } from "@ssert/fuzz";
import type { Protocol } from "@ssert/protocol";
import type { Define } from "../../define.ts";
import { CommandError } from "../../errors.ts";
import { addExample } from "../../help.ts";
import { counted, jsonText } from "../../phrases.ts";
import { type MutantTape, writeMutants } from "../../protocol/mutant-tapes.ts";
import { type SampleTape, writeSamples } from "../../protocol/sample-tapes.ts";
import { findProtocol } from "../../protocols.ts";
import { anySeed, runs } from "../../quantities.ts";
import type { Terminal } from "../../terminal.ts";
import { visible } from "../../visible.ts";

interface SampleFlags {
  readonly dir?: string;
  readonly count: number;
  readonly seed?: number;
  readonly broken?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: streams for the tests of a client, before there is a recording

  ssert protocol sample pokee --count 20 --dir samples
  ssert validate samples
  ssert protocol sample pokee --broken all --count 3 --dir broken

The same seed makes the same streams. Each is a tape (NAME.sse, NAME.sse.tape),
marked as synthetic, that replay and mock can serve.
`;

const COUNT = 10;

export const define: Define = (command, terminal, finish) => {
  command
    .description("Makes valid streams of a protocol, or streams that break one rule each, and writes them as tapes.")
    .argument("<protocol>", "a built-in protocol's name, or the path of a protocol file")
    .option("--dir <folder>", "where the tapes go, named 0001.sse and so on")
    .option("--count <n>", "how many; with --broken, for each rule", runs, COUNT)
    .option("--seed <seed>", "a whole number; without it each run makes others", anySeed)
    .option("--broken <rule>", "streams that break this rule, or each rule in turn: all; one folder a rule")
    .option("--force", "replace tapes of these names")
    .option("--json", "print JSON")
    .action(async (nameOrPath: string, flags: SampleFlags) => {
      await sample(nameOrPath, flags, terminal);
      finish(0);
    });
  addExample(command, EXAMPLE);
};

async function sample(nameOrPath: string, flags: SampleFlags, terminal: Terminal): Promise<void> {
  const { dir, broken } = flags;
  if (dir === undefined) {
    throw new CommandError(
      "usage",
      "sample needs --dir FOLDER to know where the streams go; add for example --dir samples",
    );
  }
  const request = { protocol: await findProtocol(nameOrPath), nameOrPath, dir, flags };
  if (broken === undefined) await sampleValid(request, terminal);
  else await sampleBroken(request, broken, terminal);
}

/** What is to be made, and where it goes. */
interface SampleRequest {
  readonly protocol: Protocol;
  /** As the tapes' headers name the protocol. */
  readonly nameOrPath: string;
  readonly dir: string;
  readonly flags: SampleFlags;
}

async function sampleValid({ protocol, nameOrPath, dir, flags }: SampleRequest, terminal: Terminal): Promise<void> {
  const { count, force = false, seed = anySeedNow() } = flags;
  const tapes = Array.from({ length: count }, (_, index): SampleTape => {
    // Seeds next to each other would make runs with neighbouring seeds overlap.
    const own = seed + Math.imul(index, 0x2545_f491);
    return { name: fileName(index + 1), make: () => sampleStream(protocol, { seed: own }).events };
  });
  const written = await writeSamples(tapes, { dir, force, protocol: nameOrPath, terminal });
  const events = written.reduce((sum, tape) => sum + tape.events, 0);
  terminal.out(
    flags.json
      ? jsonText({ protocol: protocol.id, seed, tapes: written })
      : `${counted(count, "stream")} of ${visible(protocol.id)} with ${counted(events, "event")} in ${visible(dir)}; seed ${seed}\n`,
  );
}

async function sampleBroken(
  { protocol, nameOrPath, dir, flags }: SampleRequest,
  wanted: string,
  terminal: Terminal,
): Promise<void> {
  const { count, force = false } = flags;
  const seed = Math.abs(flags.seed ?? anySeedNow());
  const rules = rulesToBreak(protocol, wanted);
  const tapes: MutantTape[] = [];
  const without: string[] = [];
  for (const [index, rule] of rules.entries()) {
    terminal.progress(`${rule} (${index + 1} of ${rules.length})`);
    const before = tapes.length;
    for (const { mutant } of mutantsFrom(protocol, rule, seed)) {
      tapes.push({ name: `${rule}/${fileName(tapes.length - before + 1)}`, mutant });
      if (tapes.length - before >= count) break;
    }
    if (tapes.length === before) without.push(rule);
  }
  terminal.progress("");
  const written = await writeMutants(tapes, { dir, force, protocol: nameOrPath });
  if (flags.json) {
    terminal.out(jsonText({ protocol: protocol.id, seed, tapes: written, without }));
    return;
  }
  const broken = `${counted(written.length, "broken stream")} of ${visible(protocol.id)} in ${visible(dir)}; seed ${seed}\n`;
  terminal.out(without.length === 0 ? broken : `${broken}no stream was found that can break: ${without.join(", ")}\n`);
}

/** `all` are those that are on. Throws CommandError `usage` for a rule that is not. */
function rulesToBreak({ id, rules }: Protocol, wanted: string): readonly string[] {
  const on = rules.filter(({ severity }) => severity !== "off").map((rule) => rule.id);
  if (wanted === "all") return on;
  if (on.includes(wanted)) return [wanted];
  throw new CommandError("usage", `--broken ${wanted}: ${id} has no such rule that is on; it has: ${on.join(", ")}`);
}

function anySeedNow(): number {
  return Math.floor(Math.random() * 0x7fff_ffff);
}

function fileName(number: number): string {
  return String(number).padStart(4, "0");
}
