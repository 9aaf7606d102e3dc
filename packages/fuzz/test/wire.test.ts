import { expect, it } from "vitest";
import { wireAdapter } from "../src/adapters/wire.ts";
import { checkParser } from "../src/run/check.ts";
import { describeFindings } from "../src/run/describe.ts";

// Some five thousand cases; `pnpm fuzz:self` does a million.
it("wire reads streams as the standard does", async () => {
  const result = await checkParser(wireAdapter, { seed: 20260101, runs: 70 });
  expect(describeFindings(result)).toBe("");
  expect(result.results.filter(({ verdict }) => verdict === "declared").map(({ property }) => property)).toEqual([
    "memory/comments",
    "memory/unknown-fields",
  ]);
}, 60_000);
