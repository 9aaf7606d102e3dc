import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { generatedFiles } from "../../../../tools/generate.ts";

test("the generated files are those that their sources give: else run `pnpm generate`", async () => {
  const root = new URL("../../../../", import.meta.url);
  const stale: string[] = [];
  for await (const { path, text } of generatedFiles()) {
    if ((await readFile(new URL(path, root), "utf8")) !== text) stale.push(path);
  }
  expect(stale).toEqual([]);
});
