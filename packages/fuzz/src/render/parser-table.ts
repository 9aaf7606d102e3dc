import { properties } from "../properties/table.ts";
import { titleOf } from "../run/describe.ts";
import type { FuzzResult } from "../verb/run-fuzz.ts";
import { signs } from "./signs.ts";

/** Parsers × properties, for a terminal. */
export function renderParserTable({ targets }: FuzzResult): string {
  const width = Math.max(...properties.map(({ name }) => name.length));
  const heads = targets.map(
    ({ adapter }, index) => `${String(index + 1).padStart(width + 4)}  ${titleOf({ adapter })}`,
  );
  const numbers = `${" ".repeat(width)} ${targets.map((_, index) => String(index + 1).padStart(3)).join("")}`;
  const tried = properties.filter(({ name }) =>
    targets.some(({ results }) => results.some(({ property }) => property === name)),
  );
  const rows = tried.map(({ name }) => {
    const cells = targets.map(({ results }) => results.find(({ property }) => property === name)?.verdict);
    return `${name.padEnd(width)} ${cells.map((verdict) => (verdict ? signs[verdict] : " ").padStart(3)).join("")}`;
  });
  const legend = `${signs.pass} pass  ${signs.bug} bug  ${signs.declared} declared  ${signs["internal-only"]} internal only  ${signs["not-observable"]} not observable`;
  return [...heads, "", numbers, ...rows, "", legend, ""].join("\n");
}
