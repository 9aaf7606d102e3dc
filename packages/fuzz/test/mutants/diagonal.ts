import { builtinProtocol, builtinProtocols, type Protocol } from "@ssert/protocol";
import { expect, test } from "vitest";
import { runMatrix } from "../../src/mutants/matrix.ts";

/** A guard against hanging: on two busy cores the slowest takes half a minute. */
const TIME = 240_000;

/** A row as a test shows it: what was made, and what became of it. */
interface Row {
  readonly rule: string;
  readonly found: readonly string[];
  readonly change: string | undefined;
}

function crooked(protocol: Protocol, count: number): readonly Row[] {
  const { rows, diagonal } = runMatrix(protocol, { count, seed: 1 });
  const bad = rows.filter((row) => row.mutants === 0 || row.miss !== undefined);
  expect(diagonal).toBe(bad.length === 0);
  return bad.map(({ rule, mutants, miss }) => ({
    rule,
    found: miss?.found ?? [`${mutants} mutants`],
    change: miss?.mutant.change,
  }));
}

/** Requires the matrix of a built-in protocol to be diagonal. */
export function expectDiagonal(name: string, count: number): void {
  test(`${name}: each broken stream is reported under its own rule, and under no other`, { timeout: TIME }, () => {
    const protocol = builtinProtocol(name);
    if (protocol === undefined) throw new Error(`${name} is built in`);
    expect(crooked(protocol, count)).toEqual([]);
  });
}

/** The same for each of its variants. */
export function expectVariantsDiagonal(name: string, count: number): void {
  const variants = builtinProtocols().find((protocol) => protocol.name === name)?.variants ?? [];
  for (const variant of variants) expectDiagonal(`${name}+${variant}`, count);
}
