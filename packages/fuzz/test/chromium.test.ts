import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type BrowserServer, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runFuzz } from "../src/verb/run-fuzz.ts";
import { chromiumPath, quiet } from "./browser.ts";

const folder = fileURLToPath(new URL("./programs", import.meta.url));

// Chromium comes from `apt-get install chromium`; CI has it.
const missing = existsSync(chromiumPath) ? "" : ` (skipped: there is no ${chromiumPath})`;

describe.skipIf(missing !== "")(`Chromium as a client${missing}`, () => {
  // One browser for all cases: each case is a page of it, and a program that opens the page.
  let server: BrowserServer;
  beforeAll(async () => {
    server = await chromium.launchServer({ executablePath: chromiumPath, args: quiet });
  }, 30_000);
  afterAll(() => server.close());

  it("reads streams and connects again as the standard says", async () => {
    const command = `CHROMIUM_ENDPOINT=${server.wsEndpoint()} ${JSON.stringify(process.execPath)} chromium-client.mjs`;
    const { targets } = await runFuzz([`http:${command}`], {
      folder,
      seed: 1,
      runs: 2,
      timeLimitMs: 20_000,
      shows: { id: "last" },
      properties: ["line-ends/crlf-cut", "bom/first", "id/persist", "resume/unfinished", "resume/non-latin1"],
    });
    const results = targets[0]?.results ?? [];
    expect(results.map(({ property, verdict }) => [property, verdict])).toEqual([
      ["line-ends/crlf-cut", "pass"],
      ["bom/first", "pass"],
      ["id/persist", "pass"],
      ["resume/unfinished", "pass"],
      ["resume/non-latin1", "pass"],
    ]);
  }, 120_000);
});
