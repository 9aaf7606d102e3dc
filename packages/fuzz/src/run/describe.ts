import type { Shows } from "../adapters/adapter.ts";
import { escapeCase, withoutControls } from "../case/escape.ts";
import { FuzzError } from "../error.ts";
import type { Property } from "../properties/property.ts";
import { properties } from "../properties/table.ts";
import type { CheckResult, PropertyResult } from "./check-result.ts";
import type { Counterexample } from "./check-stream.ts";
import type { Confirmation } from "./confirm.ts";
import type { Mismatch } from "./judge.ts";

/** One finding for the person who is to mend the parser: the case, both sides, the sentence, and how to see it again. */
export function describeFinding(check: CheckResult, result: PropertyResult): string {
  const property = propertyNamed(result.property);
  const lines = [`${titleOf(check)} breaks ${property.name}: ${property.title}`, ""];
  if (result.counterexample !== undefined) lines.push(...describeCounterexample(result.counterexample), "");
  if (result.growth !== undefined) {
    const unit = "chunks" in property && property.judge === "memory" ? "bytes kept" : "ms of work";
    for (const { bytes, cost } of result.growth.measured) lines.push(`  ${bytes} bytes: ${Math.round(cost)} ${unit}`);
    lines.push(`  ${result.growth.problem ?? "in proportion"}`, "");
  }
  if (result.publicEntry !== undefined) lines.push(`  ${confirmation(result.publicEntry)}`, "");
  lines.push(`  ${property.clause}: “${property.sentence}”`);
  if (result.counterexample !== undefined) lines.push(`  ${again(check, result, result.counterexample)}`);
  return lines.join("\n");
}

function confirmation({ name, confirmed }: Confirmation): string {
  if (confirmed === true) return `Confirmed through ${name}.`;
  if (confirmed === false) return `Internal only: ${name} reads it as the standard does.`;
  return `Found below ${name}, through which it cannot be seen.`;
}

/** All findings of a run, one after the other. */
export function describeFindings(result: CheckResult): string {
  return result.results
    .filter(({ verdict }) => verdict === "bug")
    .map((finding) => describeFinding(result, finding))
    .join("\n\n");
}

/** A parser as a person calls it. */
export function titleOf({ adapter }: Pick<CheckResult, "adapter">): string {
  return adapter.version === undefined ? adapter.name : `${adapter.name} ${adapter.version}`;
}

function describeCounterexample({ case: candidate, mismatch, confirmed, origin }: Counterexample): string[] {
  const chunks = candidate.cuts.length + 1;
  const size = `${candidate.text.length} bytes in ${chunks} chunk${chunks === 1 ? "" : "s"}`;
  const shown = `  ${shorten(escapeCase(candidate))}   (${size})`;
  if (origin === "lost")
    return [shown, "", `  ${shorten(mismatch.message)}, at this case, which was therefore not made smaller`];
  const doubt = confirmed ? [] : ["  It failed once and not again: the parser does not always do the same."];
  return [shown, "", ...sideBySide(mismatch), "", `  ${shorten(mismatch.message)}`, ...doubt];
}

function sideBySide({ expected, actual }: Mismatch): string[] {
  const width = Math.min(60, Math.max("expected".length, ...expected.map((row) => shorten(row).length)));
  const rows = Math.max(expected.length, actual.length);
  const lines = [`  ${"expected".padEnd(width)}     actual`];
  for (let index = 0; index < rows; index += 1) {
    const [want, got] = [expected[index], actual[index]];
    const sign = want === got ? " " : "≠";
    lines.push(`  ${shorten(want ?? "–").padEnd(width)}  ${sign}  ${shorten(got ?? "–")}`.trimEnd());
  }
  return lines;
}

// Long enough for every counterexample that is about bytes; a line of 64 KiB is cut out of the middle.
const longest = 240;

function shorten(unsafe: string): string {
  const text = withoutControls(unsafe);
  if (text.length <= longest) return text;
  return `${text.slice(0, longest / 2)}…${text.length - longest} more…${text.slice(-longest / 2)}`;
}

function again(
  { target, seed, told }: CheckResult,
  { property, saved }: PropertyResult,
  found: Counterexample,
): string {
  const tape = saved ?? found.file;
  if (target !== undefined && tape !== undefined) {
    return `Again: ssert fuzz ${shellQuoted(target)} --again ${shellQuoted(tape)}`;
  }
  if (target !== undefined) return `Again: ${againCommand(target, property, { seed, told }, found.path)}`;
  if (found.origin === "saved") return "An earlier run saved it.";
  if (found.origin === "lost") return `Again: the same property with seed ${seed}`;
  return `Found in run ${found.found}. Again: checkParser(adapter, { properties: ["${property}"], seed: ${seed}, path: "${found.path}" })`;
}

/** The command line that leads to a finding again. */
export function againCommand(
  target: string,
  property: string,
  { seed, told }: { readonly seed: number; readonly told?: Partial<Shows> | undefined },
  path: string,
): string {
  const facts = Object.entries(told ?? {}).map(([name, value]) => `${name}=${value === false ? "no" : String(value)}`);
  const shows = facts.length === 0 ? "" : ` --shows ${facts.join(",")}`;
  const way = path === "" ? "" : ` --path ${path}`;
  return `ssert fuzz ${shellQuoted(target)} --property ${property} --seed ${seed}${way}${shows}`;
}

/** A word of a command line, in single quotes if it is more than one to a shell. */
function shellQuoted(word: string): string {
  return /^[\w./:@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function propertyNamed(name: string): Property {
  const property = properties.find((candidate) => candidate.name === name);
  if (property === undefined) throw new FuzzError("unknown-property", `no property is called ${JSON.stringify(name)}`);
  return property;
}
