import { relative, sep } from "node:path";
import type { ShownEvent, Shows } from "../adapters/adapter.ts";
import { escapeText, quotedChunks } from "../case/escape.ts";
import { properties } from "../properties/table.ts";
import type { CheckResult } from "../run/check-result.ts";
import type { Counterexample } from "../run/check-stream.ts";
import { againCommand, titleOf } from "../run/describe.ts";
import { expectedEvents } from "../run/read.ts";

export interface SuitePlace {
  /** Where the test will lie. */
  readonly dir: string;
  /** From where the target was named. */
  readonly folder: string;
}

/** A counterexample as a file that vitest runs: it fails until the parser is mended. */
export function suiteTest(
  result: CheckResult,
  name: string,
  counterexample: Counterexample,
  { dir, folder }: SuitePlace,
): string {
  const property = properties.find((candidate) => candidate.name === name);
  if (property === undefined) throw new RangeError(`no property is called ${name}`);
  const target = result.target ?? result.adapter.name;
  const { told } = result;
  const { shows } = result.adapter;
  const events = shows === undefined ? undefined : eventsOf(property.judge, counterexample, shows);
  const read = events === undefined ? "checkChunks" : "readChunks";
  const from = relative(dir, folder).split(sep).join("/");
  return `// ${titleOf(result)} breaks ${name}: ${property.title}.
// ${property.clause}: “${property.sentence}”
// Found by: ${againCommand(target, name, result, counterexample.path)}
import { join } from "node:path";
import { loadParser, ${read} } from "@ssert/fuzz";
import { expect, it } from "vitest";

// A character is a byte; the parser gets one string after the other.
const chunks = [
${quotedChunks(counterexample.case)
  .map((chunk) => `  ${chunk},\n`)
  .join("")}];

it(${JSON.stringify(property.title)}, async () => {
  const { adapter${told === undefined ? "" : ": parser"}, close } = await loadParser(${JSON.stringify(target)}, join(import.meta.dirname, ${JSON.stringify(from)}));
${told === undefined ? "" : `  const adapter = { ...parser, shows: ${JSON.stringify(told)} };\n`}  try {
${events === undefined ? judged(name, counterexample) : compared(events, property.judge)}  } finally {
    close();
  }
});
`;
}

/** The events that the standard asks for, where they are all that is judged. */
function eventsOf(
  judge: string,
  { case: { text }, mismatch }: Counterexample,
  shows: Shows,
): readonly ShownEvent[] | undefined {
  if (mismatch.about === "retries" || (judge !== "events" && judge !== "last-event")) return undefined;
  const events = expectedEvents(text, shows);
  return judge === "events" ? events : events.slice(-1);
}

function compared(events: readonly ShownEvent[], judge: string): string {
  const read = "await readChunks(adapter, chunks)";
  const seen = judge === "events" ? read : `(${read}).slice(-1)`;
  const rows = events.map((event) => `      ${literal(event)},\n`).join("");
  return `    expect(${seen}).toEqual([${rows === "" ? "" : `\n${rows}    `}]);\n`;
}

function judged(name: string, { mismatch: { expected, actual, message } }: Counterexample): string {
  const comment = [
    `${message}.`,
    `Expected: ${expected.join(", ") || "nothing"}.`,
    `Actual: ${actual.join(", ") || "nothing"}.`,
  ]
    .map((line) => `    // ${line}\n`)
    .join("");
  return `${comment}    expect(await checkChunks(adapter, ${JSON.stringify(name)}, chunks)).toMatchObject({ verdict: "pass" });\n`;
}

function literal(event: ShownEvent): string {
  const fields = Object.entries(event).map(
    ([key, value]) => `${key}: ${typeof value === "string" ? `"${escapeText(value)}"` : String(value)}`,
  );
  return `{ ${fields.join(", ")} }`;
}
