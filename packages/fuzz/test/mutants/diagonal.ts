import { builtinProtocol, builtinProtocols, type Protocol } from "@ssert/protocol";
import { expect, test } from "vitest";
import { runMatrix } from "../../src/mutants/matrix.ts";

/** Broken streams a rule. `.ci/run` takes 200 of every protocol and variant, `pnpm matrix` up to 5,000. */
const MUTANTS = 40;

/** A guard against hanging: on two busy cores the slowest takes half a minute. */
const TIME = 240_000;

/** A row as a test shows it: what was made, and what became of it. */
interface Row {
  readonly rule: string;
  readonly found: readonly string[];
  readonly change: string | undefined;
}

function crooked(protocol: Protocol): readonly Row[] {
  const { rows, diagonal } = runMatrix(protocol, { count: MUTANTS, seed: 1 });
  const bad = rows.filter((row) => row.mutants === 0 || row.miss !== undefined);
  expect(diagonal).toBe(bad.length === 0);
  return bad.map(({ rule, mutants, miss }) => ({
    rule,
    found: miss?.found ?? [`${mutants} mutants`],
    change: miss?.mutant.change,
  }));
}

/** Requires the matrix of a built-in protocol to be diagonal. */
export function expectDiagonal(name: string): void {
  test(`${name}: each broken stream is reported under its own rule, and under no other`, { timeout: TIME }, () => {
    const protocol = builtinProtocol(name);
    if (protocol === undefined) throw new Error(`${name} is built in`);
    expect(crooked(protocol)).toEqual([]);
  });
}

/** The same for each of its variants. */
export function expectVariantsDiagonal(name: string): void {
  const variants = builtinProtocols().find((protocol) => protocol.name === name)?.variants ?? [];
  for (const variant of variants) expectDiagonal(`${name}+${variant}`);
}
