import { readFileSync } from "node:fs";
import { mergePatch } from "../../src/definition/json.ts";

const PAGE = new URL("../../../../docs/writing-a-protocol.md", import.meta.url);

/** The file that docs/writing-a-protocol.md builds: its patches, up to the first block that is a file of its own. */
export function ferry(): string {
  const blocks = [...readFileSync(PAGE, "utf8").matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, json = ""]) => json);
  const own = blocks.findIndex((json) => json.includes('"extends"'));
  const file = blocks.slice(0, own).reduce<unknown>((merged, json) => mergePatch(merged, JSON.parse(json)), {});
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The file with one place of its text changed. */
export function ferryWith(from: string, to: string): string {
  const text = ferry();
  if (!text.includes(from)) throw new Error(`the guide's file has no ${from}`);
  return text.replace(from, to);
}

/** What stands in a text at a line and column, to the end of its line. */
export function at(
  text: string,
  { line = 0, column = 0 }: { readonly line?: number; readonly column?: number },
): string {
  return (text.split("\n")[line - 1] ?? "").slice(column - 1);
}
