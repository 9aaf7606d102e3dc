import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BodyChunk, Tape, TapeHeader, TapeWriter } from "@ssert/tape";
import { onTestFinished } from "vitest";

/** A folder of the test's own, removed after it. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ssert-tape-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export const HEADER: TapeHeader = {
  ssert: 1,
  recordedAt: "2026-08-01T09:30:00.000Z",
  tool: "ssert 0.1.0",
  provenance: "recorded",
  boundaries: "exact",
};

/** Appends as a stream that knows backpressure would. */
export async function appendAll(
  tape: TapeWriter,
  chunks: readonly (readonly [number, Uint8Array | string])[],
): Promise<void> {
  for (const [afterUs, chunk] of chunks) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    if (!tape.append(bytes, afterUs)) await tape.drained();
  }
}

export async function chunksOf(tape: Tape): Promise<BodyChunk[]> {
  const chunks: BodyChunk[] = [];
  for await (const chunk of tape.chunks()) chunks.push(chunk);
  return chunks;
}

/** Chunks in the words of a test: time and text. */
export async function textsOf(tape: Tape): Promise<[number | undefined, string][]> {
  return (await chunksOf(tape)).map(({ bytes, afterUs }) => [afterUs, Buffer.from(bytes).toString()]);
}

export async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}

/** Looks again and again until it is true; gives up after ten seconds, far beyond anything that works. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
