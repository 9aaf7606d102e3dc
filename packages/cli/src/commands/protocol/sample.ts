import { sampleStream } from "@ssert/fuzz";
import type { Define } from "../../define.ts";
import { CommandError } from "../../errors.ts";
import { addExample } from "../../help.ts";
import { counted } from "../../phrases.ts";
import { findProtocol } from "../../protocols.ts";
import { runs, seed } from "../../quantities.ts";
import { type SampleTape, writeSamples } from "../../sample-tapes.ts";
import type { Terminal } from "../../terminal.ts";
import { visible } from "../../visible.ts";

interface SampleFlags {
  readonly dir?: string;
  readonly count: number;
  readonly seed?: number;
  readonly force?: boolean;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: streams for the tests of a client, before there is a recording

  ssert protocol sample pokee --count 20 --dir samples
  ssert validate samples

The same seed makes the same streams. Each is a tape (NAME.sse and NAME.sse.tape),
marked as synthetic, that replay and mock can serve.
`;

const COUNT = 10;

export const define: Define = (command, terminal, finish) => {
  command
    .description("Makes valid streams of a protocol, each another way through it, and writes them as tapes.")
    .argument("<protocol>", "a built-in protocol's name, or the path of a protocol file")
    .option("--dir <folder>", "where the tapes go, named 0001.sse and so on")
    .option("--count <n>", "how many", runs, COUNT)
    .option("--seed <seed>", "a whole number; without it each run makes others", seed)
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
