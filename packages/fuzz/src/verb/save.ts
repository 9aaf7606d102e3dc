import { readdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createTape, openTape } from "@ssert/tape";
import { type Case, fromChunks, toBytes, toChunks } from "../case/case.ts";
import { escapeCase } from "../case/escape.ts";
import { FuzzError } from "../errors.ts";
import { interpretEventStream } from "../oracle/interpret.ts";
import type { Property } from "../properties/property.ts";
import { properties } from "../properties/table.ts";
import type { CheckResult, SavedCase } from "../run/check.ts";
import type { FuzzResult } from "./run-fuzz.ts";

/**
 * Keeps every counterexample as a tape, `PARSER.GROUP.NAME.sse`, which `readSaved` and a replayer play, and as a vitest test
 * beside it. A tape has no empty chunks: where they are the bug, the test has them. Returns the tapes' paths.
 */
export async function saveFindings(result: FuzzResult, folder: string, tool: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const target of result.targets) {
    for (const { property, verdict, counterexample } of target.results) {
      if (verdict !== "bug" || counterexample === undefined) continue;
      const path = join(folder, `${fileName(target)}.${property.replace("/", ".")}.sse`);
      await saveTape(path, counterexample.case, tool);
      await writeFile(path.replace(/\.sse$/, ".test.ts"), testOf(target, property, counterexample.case));
      paths.push(path);
    }
  }
  return paths;
}

/** The cases in a folder of saved tapes, or in one of them. */
export async function readSaved(path: string): Promise<readonly SavedCase[]> {
  const inFolder = (await stat(path)).isDirectory();
  const names = inFolder ? (await readdir(path)).filter((name) => name.endsWith(".sse")).sort() : [basename(path)];
  const folder = inFolder ? path : dirname(path);
  return Promise.all(names.map((name) => readTape(join(folder, name))));
}

async function saveTape(path: string, candidate: Case, tool: string): Promise<void> {
  const tape = await createTape(
    path,
    {
      ssert: 1,
      recordedAt: new Date().toISOString(),
      tool,
      provenance: "synthetic",
      boundaries: "exact",
      response: { status: 200, headers: { "content-type": "text/event-stream" } },
    },
    { force: true },
  );
  for (const chunk of toChunks(candidate)) if (!tape.append(chunk, 1000)) await tape.drained();
  await tape.finish("eof", 1000 * (candidate.cuts.length + 1));
}

async function readTape(path: string): Promise<SavedCase> {
  const property = propertyOf(path);
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of (await openTape(path)).chunks()) chunks.push(bytes);
  return { property: property.name, case: fromChunks(chunks) };
}

/** The property that a saved tape's name ends in. */
function propertyOf(path: string): Property {
  const found = properties.find(({ name }) => basename(path).endsWith(`.${name.replace("/", ".")}.sse`));
  if (found === undefined) {
    const example = "PARSER.bom.second.sse";
    throw new FuzzError("unknown-property", `${path}: its name does not end in a property, as that of ${example} does`);
  }
  return found;
}

const fileName = ({ adapter }: CheckResult): string =>
  adapter.name.replace(/[^A-Za-z0-9@._-]+/g, "_").replace(/^[._]+/, "");

function testOf({ adapter }: CheckResult, name: string, candidate: Case): string {
  const property = properties.find((each) => each.name === name);
  const events = interpretEventStream(toBytes(candidate.text)).events.map(({ type, data, lastEventId }) => ({
    type,
    data,
    lastEventId,
  }));
  return `import { expect, it } from "vitest";
import { parse } from "./parser.ts"; // (chunks: Uint8Array[]) => the events of ${adapter.name}

// ${name}. ${property?.clause}: “${property?.sentence}”
it(${JSON.stringify(property?.title)}, () => {
  const chunks = [${escapeCase(candidate).replaceAll('" "', '", "')}];
  const bytes = chunks.map((chunk) => Uint8Array.from(chunk, (byte) => byte.charCodeAt(0)));
  expect(parse(bytes)).toEqual(${JSON.stringify(events, null, 2).replaceAll("\n", "\n  ")});
});
`;
}
