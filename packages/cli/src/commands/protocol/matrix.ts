import { type Matrix, type MatrixProgress, runMatrix } from "@ssert/fuzz";
import type { Define } from "../../define.ts";
import { addExample } from "../../help.ts";
import { matrixJson, matrixText } from "../../protocol/matrix-text.ts";
import { writeMutants } from "../../protocol/mutant-tapes.ts";
import { findProtocol } from "../../protocols.ts";
import { runs, seed } from "../../quantities.ts";
import { styleFor } from "../../style.ts";
import type { Terminal } from "../../terminal.ts";

interface MatrixFlags {
  readonly count: number;
  readonly seed: number;
  readonly save?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: does each rule find what breaks it, and nothing else?

  ssert protocol matrix ./mine.json --count 1000

Each rule is broken by the smallest change to a valid stream. The matrix is
diagonal if every such stream is reported under its own rule, at the event where
it shows, and under no other.
Exit codes: 0 diagonal; 1 not, or no stream breaks a rule; 2 could not run.
`;

const COUNT = 200;

export const define: Define = (command, terminal, finish) => {
  command
    .description("Breaks each rule of a protocol in many valid streams, and shows which rules find it.")
    .argument("<protocol>", "a built-in protocol's name, or the path of a protocol file")
    .option("--count <n>", "broken streams a rule", runs, COUNT)
    .option("--seed <seed>", "a whole number; the same one breaks the same streams", seed, 1)
    .option("--save <folder>", "write the smallest stream of each rule that is not reported as it should")
    .option("--json", "print JSON")
    .action(async (nameOrPath: string, flags: MatrixFlags) => {
      finish((await matrix(nameOrPath, flags, terminal)) ? 0 : 1);
    });
  addExample(command, EXAMPLE);
};

async function matrix(nameOrPath: string, flags: MatrixFlags, terminal: Terminal): Promise<boolean> {
  const protocol = await findProtocol(nameOrPath);
  const onProgress = ({ rule, mutants, of }: MatrixProgress): void =>
    terminal.progress(`${Math.floor((100 * mutants) / of)} %: ${rule}`);
  const result = runMatrix(protocol, { count: flags.count, seed: flags.seed, onProgress });
  terminal.progress("");
  if (flags.save !== undefined) await save(result, flags.save, nameOrPath);
  terminal.out(flags.json ? matrixJson(result) : matrixText(result, nameOrPath, styleFor(terminal.outColor)));
  return result.diagonal;
}

async function save({ rows }: Matrix, dir: string, protocol: string): Promise<void> {
  const tapes = rows.flatMap(({ rule, miss }) => (miss === undefined ? [] : [{ name: rule, mutant: miss.mutant }]));
  await writeMutants(tapes, { dir, force: true, protocol });
}
