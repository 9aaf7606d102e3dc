import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Child, follow } from "../packages/cli/test/child.ts";

const TOUR = fileURLToPath(new URL("../tools/tour.ts", import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssert-tour-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The tour from the sources, without a build. */
function tour(...flags: string[]): Child {
  const args = ["--conditions=@ssert/source", "--no-warnings", TOUR, "--sources", "--folder", folder, ...flags];
  // A process group of its own, as a terminal gives one: Ctrl-C reaches all of it.
  return follow(spawn(process.execPath, args, { detached: true }));
}

const addresses = (out: string): string[] => [...out.matchAll(/listening on (\S+)/g)].map(([, url = ""]) => url);

async function expectNobodyListens(urls: readonly string[]): Promise<void> {
  for (const url of urls) await expect(fetch(url)).rejects.toThrow("fetch failed");
}

it("shows the main job from end to end, and leaves nothing running", { timeout: 60_000 }, async () => {
  const { code, out, err } = await tour("--pace", "1").done;
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.match(/✓ a tape: .*complete/g)).toHaveLength(3);
  expect(out).toContain("3 streams: 3 valid");
  expect(out.match(/✓ the same bytes: sha256 [0-9a-f]{64}/g)).toHaveLength(3);
  expect(out).toMatch(/tool_call\/not-open.*broken\.sse:\d+:\d+/);
  expect(out).toMatch(/\d+ │ data: \{"id":"nobody"/);
  expect(readdirSync(join(folder, "tapes")).filter((name) => name.endsWith(".sse"))).toHaveLength(3);
  expect(addresses(out)).toHaveLength(3);
  await expectNobodyListens(addresses(out));
});

it("takes its servers with it when it is broken off", { timeout: 60_000 }, async () => {
  const running = tour("--pace", "100");
  await running.outHas("text: ");
  process.kill(-(running.process.pid ?? Number.NaN), "SIGINT");
  const { code, out, err } = await running.done;
  expect({ code, err }).toEqual({ code: 130, err: "\n✗ the tour was ended by SIGINT\n" });
  expect(addresses(out)).toHaveLength(2);
  await expectNobodyListens(addresses(out));
});
