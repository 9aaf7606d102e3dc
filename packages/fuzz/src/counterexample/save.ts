import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toChunks } from "../case/case.ts";
import type { CheckResult, PropertyResult } from "../run/check-result.ts";
import { sentInChunks } from "../sent/sent-stream.ts";
import { writeSyntheticTape } from "../sent/write-tape.ts";
import { savedName } from "./folder.ts";
import { type FindingFacts, toolLine } from "./saved-case.ts";
import { suiteTest } from "./suite-test.ts";

export interface SaveOptions {
  /** Where the tapes go; it is made if it is not there. */
  readonly dir: string;
  /** What the tape says it was made with, such as `ssert 1.0.0`. */
  readonly tool: string;
  /** From where targets were named. Default: the working folder. */
  readonly folder?: string;
  readonly now?: () => Date;
}

/**
 * Writes every counterexample of a run as a tape (`NAME.sse`, `NAME.sse.tape`) and a test for vitest (`NAME.test.mjs`), and
 * returns the tapes' paths. What a tape in the folder shows already is left as it is.
 */
export async function saveFindings(result: CheckResult, options: SaveOptions): Promise<readonly string[]> {
  const written: string[] = [];
  for (const finding of result.results) {
    if (finding.verdict !== "bug") continue;
    const path = await saveFinding(result, finding, options);
    if (path !== undefined) written.push(path);
  }
  return written;
}

async function saveFinding(
  result: CheckResult,
  { property, counterexample }: PropertyResult,
  { dir, tool, folder = process.cwd(), now }: SaveOptions,
): Promise<string | undefined> {
  // What was measured over megabytes has no case; what was lost before its first one, or drawn from a tape, needs none.
  if (counterexample === undefined || counterexample.origin === "saved") return undefined;
  if (counterexample.origin === "lost" && counterexample.case.text === "") return undefined;
  const target = result.target ?? result.adapter.name;
  const base = await freeName(join(dir, savedName(result.adapter.name, property)));
  const chunks = toChunks(counterexample.case);
  const { cuts } = counterexample.case;
  const facts: FindingFacts = {
    target,
    property,
    seed: result.seed,
    path: counterexample.path,
    ...(result.told && { shows: result.told }),
    ...(chunks.some(({ length }) => length === 0) && { cuts }),
  };
  await writeSyntheticTape(`${base}.sse`, sentInChunks(chunks), { tool: toolLine(tool, facts), now });
  await writeFile(`${base}.test.mjs`, suiteTest(result, property, counterexample, { dir, folder }));
  return `${base}.sse`;
}

/** The name itself, or with a number behind it where there is such a tape or test already. */
export async function freeName(base: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!(await exists(`${name}.sse`)) && !(await exists(`${name}.test.mjs`))) return name;
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
