import { mutantsFrom, sampleStream } from "@ssert/fuzz";
import type { Protocol } from "@ssert/protocol";
import type { Define } from "../../define.ts";
import { CommandError } from "../../errors.ts";
import { addExample } from "../../help.ts";
import { counted } from "../../phrases.ts";
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

The same seed makes the same streams. Each is a tape (NAME.sse and NAME.sse.tape),
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
  const { dir, count, force = false, json = false } = flags;
  if (dir === undefined) {
    throw new CommandError(
      "usage",
      "sample needs --dir FOLDER to know where the streams go; add for example --dir samples",
    );
  }
  const protocol = await findProtocol(nameOrPath);
  if (flags.broken !== undefined) return await sampleBroken(protocol, flags.broken, dir, nameOrPath, flags, terminal);
  const first = flags.seed ?? Math.floor(Math.random() * 0x7fff_ffff);
  const tapes = Array.from({ length: count }, (_, index): SampleTape => {
    // Seeds next to each other would make runs with neighbouring seeds overlap.
    const own = first + Math.imul(index, 0x2545_f491);
    return { name: String(index + 1).padStart(4, "0"), make: () => sampleStream(protocol, { seed: own }).events };
  });
  const written = await writeSamples(tapes, { dir, force, protocol: nameOrPath, terminal });
  const events = written.reduce((sum, tape) => sum + tape.events, 0);
  if (json) {
    terminal.out(`${JSON.stringify({ protocol: protocol.id, seed: first, tapes: written }, null, 2)}\n`);
    return;
  }
  terminal.out(
    `${counted(count, "stream")} of ${visible(protocol.id)} with ${counted(events, "event")} in ${visible(dir)}; seed ${first}\n`,
  );
}

async function sampleBroken(
  protocol: Protocol,
  wanted: string,
  dir: string,
  nameOrPath: string,
  { count, force = false, json = false, seed }: SampleFlags,
  terminal: Terminal,
): Promise<void> {
  const first = Math.abs(seed ?? Math.floor(Math.random() * 0x7fff_ffff));
  const on = protocol.rules.filter(({ severity }) => severity !== "off").map(({ id }) => id);
  if (wanted !== "all" && !on.includes(wanted)) {
    throw new CommandError(
      "usage",
      `--broken ${wanted}: ${protocol.id} has no such rule that is on; it has: ${on.join(", ")}`,
    );
  }
  const rules = wanted === "all" ? on : [wanted];
  const tapes: MutantTape[] = [];
  const without: string[] = [];
  for (const rule of rules) {
    terminal.progress(`${rule} (${rules.indexOf(rule) + 1} of ${rules.length})`);
    const before = tapes.length;
    for (const { mutant } of mutantsFrom(protocol, rule, first)) {
      tapes.push({ name: `${rule}/${String(tapes.length - before + 1).padStart(4, "0")}`, mutant });
      if (tapes.length - before >= count) break;
    }
    if (tapes.length === before) without.push(rule);
  }
  terminal.progress("");
  const written = await writeMutants(tapes, { dir, force, protocol: nameOrPath });
  if (json) {
    terminal.out(`${JSON.stringify({ protocol: protocol.id, seed: first, tapes: written, without }, null, 2)}\n`);
    return;
  }
  const broken = `${counted(written.length, "broken stream")} of ${visible(protocol.id)} in ${visible(dir)}; seed ${first}\n`;
  terminal.out(without.length === 0 ? broken : `${broken}no stream was found that can break: ${without.join(", ")}\n`);
}
