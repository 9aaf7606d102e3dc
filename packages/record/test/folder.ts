import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTape, type Tape } from "@ssert/tape";
import { onTestFinished } from "vitest";

/** A folder of the test's own, removed after it. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ssert-record-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What the tape holds, in the words of a test. */
export async function readTape(
  path: string,
): Promise<{ tape: Tape; text: string; chunks: [number | undefined, string][] }> {
  const tape = await openTape(path);
  const chunks: [number | undefined, string][] = [];
  for await (const { bytes, afterUs } of tape.chunks()) chunks.push([afterUs, Buffer.from(bytes).toString()]);
  return { tape, text: chunks.map(([, text]) => text).join(""), chunks };
}

/** Waits until a file holds the text. */
export async function untilHolds(path: string, text: string): Promise<void> {
  await until(`${path} holds ${JSON.stringify(text)}`, async () =>
    (await readFile(path, "utf8").catch(() => "")).includes(text),
  );
}

/** Looks again and again until it is true; gives up after ten seconds, far beyond anything that works. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
