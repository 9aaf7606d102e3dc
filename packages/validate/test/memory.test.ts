import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { StreamReport } from "@ssert/report";
import { expect, test } from "vitest";
import { folderOf, put } from "./folder.ts";
import { VALID } from "./tapes.ts";

const MIB = 1024 * 1024;

/** What design §6 allows for a stream of any length. */
const MOST_KIB = 150 * 1024;

/** In a process of its own, whose heap is far smaller than the streams are. */
async function validateInLittleMemory(path: string): Promise<{ report: StreamReport; peakKiB: number }> {
  const child = fileURLToPath(new URL("child.ts", import.meta.url));
  const flags = ["--conditions=@ssert/source", "--max-old-space-size=64", "--disable-warning=ExperimentalWarning"];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, child, path]);
  return JSON.parse(stdout);
}

test("a line of 100 MB is unreadable, is not held in memory, and what came before it is reported", async () => {
  const path = await put(await folderOf(), "x.sse", `event: message.created\ndata: {\n\n${VALID}data: `);
  await truncate(path, 100 * MIB); // zeros, up to there
  const { report, peakKiB } = await validateInLittleMemory(path);
  expect(report).toMatchObject({ verdict: "unreadable", events: 6 });
  expect(report.findings[0]).toMatchObject({ rule: "event/not-json", location: { line: 2 } });
  expect(report.reason).toMatch(/line 19 .* more than 16777216 bytes/);
  expect(report.bytes).toBeLessThan(20 * MIB);
  expect(peakKiB).toBeLessThan(MOST_KIB);
});

test("a stream of 100 MB of small events is validated in bounded memory", async () => {
  const path = join(await folderOf(), "x.sse");
  const [before = "", after = ""] = VALID.split(/(?=event: text.stop)/);
  const deltas = Buffer.from('event: text.delta\ndata: {"content":"0123456789"}\n\n'.repeat(20_000));
  const copies = Math.ceil((100 * MIB) / deltas.length);
  await pipeline(Readable.from([before, ...Array<Buffer>(copies).fill(deltas), after]), createWriteStream(path));
  const { report, peakKiB } = await validateInLittleMemory(path);
  expect(report).toMatchObject({ verdict: "valid", events: 5 + copies * 20_000, findings: [] });
  expect(peakKiB).toBeLessThan(MOST_KIB);
});
