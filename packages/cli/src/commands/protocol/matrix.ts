import { type Matrix, type MatrixProgress, type MatrixRow, runMatrix } from "@ssert/fuzz";
import type { Define } from "../../define.ts";
import { addExample } from "../../help.ts";
import { counted } from "../../phrases.ts";
import { writeMutants } from "../../protocol/mutant-tapes.ts";
import { findProtocol } from "../../protocols.ts";
import { runs, seed } from "../../quantities.ts";
import { type Style, styleFor } from "../../style.ts";
import type { Terminal } from "../../terminal.ts";
import { visible } from "../../visible.ts";

interface MatrixFlags {
  readonly count: number;
  readonly seed: number;
  readonly save?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: does each rule find what breaks it, and nothing else?

  ssert protocol matrix ./mine.json --count 1000

Each rule is broken by the smallest change to a valid stream. The matrix is diagonal
if every such stream is reported under its own rule, at the event where it shows, and
under no other.
Exit codes: 0 diagonal; 1 not, or a rule that no stream was found to break; 2 could not run.
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
  if (flags.json) terminal.out(`${JSON.stringify(toJson(result), null, 2)}\n`);
  else terminal.out(render(result, nameOrPath, styleFor(terminal.outColor)));
  return result.diagonal;
}

async function save({ rows }: Matrix, dir: string, protocol: string): Promise<void> {
  const tapes = rows.flatMap(({ rule, miss }) => (miss === undefined ? [] : [{ name: rule, mutant: miss.mutant }]));
  await writeMutants(tapes, { dir, force: true, protocol });
}

function toJson(result: Matrix): unknown {
  const rows = result.rows.map(({ miss, ...row }) => {
    if (miss === undefined) return row;
    const { mutant, found, number } = miss;
    const { bytes, change, at } = mutant;
    return { ...row, miss: { seed: number, change, event: at ?? null, found, bytes: new TextDecoder().decode(bytes) } };
  });
  return { ...result, rows };
}

function render(result: Matrix, protocol: string, style: Style): string {
  const { rows, off } = result;
  const width = Math.max("rule".length, ...rows.map(({ rule }) => rule.length));
  const lines = rows.flatMap((row) => [describeRow(row, width, style), ...describeMiss(row, protocol, style)]);
  const mutants = rows.reduce((sum, row) => sum + row.mutants, 0);
  const unbroken = rows.filter((row) => row.mutants === 0);
  const crooked = rows.filter((row) => row.diagonal < row.mutants);
  const verdict = [
    result.diagonal ? style("green", "diagonal") : style("red", "not diagonal"),
    `${counted(mutants, "broken stream")} of ${counted(rows.length, "rule")}`,
    ...(crooked.length === 0 ? [] : [`${counted(crooked.length, "rule")} not reported as it should`]),
    ...(unbroken.length === 0 ? [] : [`${counted(unbroken.length, "rule")} that nothing was found to break`]),
    `seed ${result.seed}`,
  ];
  const notJudged = off.length === 0 ? [] : [style("dim", `off: ${off.join(", ")}`)];
  const head = `${style("bold", "rule".padEnd(width))}  mutants  diagonal  elsewhere`;
  return `${[head, ...lines, ...notJudged, `${visible(result.protocol)}: ${verdict.join("; ")}`].join("\n")}\n`;
}

function describeRow({ rule, mutants, diagonal, elsewhere }: MatrixRow, width: number, style: Style): string {
  const others = Object.entries(elsewhere).map(([other, times]) => `${other} ${times}`);
  const counts = `${String(mutants).padStart(7)}  ${String(diagonal).padStart(8)}`;
  if (mutants === 0)
    return `${visible(rule).padEnd(width)}  ${style("red", `${counts}  no stream was found that can be broken so`)}`;
  const right = diagonal === mutants;
  return `${visible(rule).padEnd(width)}  ${right ? counts : style("red", counts)}${others.length === 0 ? "" : `  ${others.join(", ")}`}`;
}

function describeMiss({ rule, miss }: MatrixRow, protocol: string, style: Style): readonly string[] {
  if (miss === undefined) return [];
  const { mutant, found, number } = miss;
  const where = mutant.at === undefined ? "at the end" : `at event ${mutant.at}`;
  return [
    style(
      "dim",
      `  expected ${where}, found ${found.length === 0 ? "nothing" : found.join(" ")}: ${visible(mutant.change)}`,
    ),
    style(
      "dim",
      `  again: ssert protocol sample ${visible(protocol)} --broken ${rule} --count 1 --seed ${number} --dir DIR`,
    ),
  ];
}
