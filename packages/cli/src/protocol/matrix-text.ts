import type { Matrix, MatrixRow } from "@ssert/fuzz";
import { counted, jsonText } from "../phrases.ts";
import type { Style } from "../style.ts";
import { visible } from "../visible.ts";

/** For a program: the bytes of what was missed as text. */
export function matrixJson(result: Matrix): string {
  const rows = result.rows.map(({ miss, ...row }) => {
    if (miss === undefined) return row;
    const { mutant, found, number } = miss;
    const { bytes, change, at } = mutant;
    return { ...row, miss: { seed: number, change, event: at ?? null, found, bytes: new TextDecoder().decode(bytes) } };
  });
  return jsonText({ ...result, rows });
}

/** For a person: a row a rule, under it what was missed and how to make it again. `protocol` is what the user named. */
export function matrixText(result: Matrix, protocol: string, style: Style): string {
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
