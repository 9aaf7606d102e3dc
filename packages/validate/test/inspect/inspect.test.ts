import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtinProtocol } from "@ssert/protocol";
import { createTape } from "@ssert/tape";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectStream, orphansIn } from "../../src/index.ts";
import { ActivityCounter } from "../../src/inspect/activity.ts";
import { SpreadCounter } from "../../src/inspect/spread.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ssert-inspect-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

const pokee = builtinProtocol("pokee");
const event = (type: string, data: unknown): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
const created = event("message.created", { id: "m", session_id: "s", status: "in_progress" });
const completed = event("message.completed", { id: "m", status: "completed", usage: {} });

/** Chunks with the milliseconds before each. */
async function tape(name: string, chunks: readonly (readonly [afterMs: number, text: string])[]): Promise<string> {
  const path = join(folder, name);
  const writer = await createTape(path, {
    ssert: 1,
    recordedAt: "2026-01-01T00:00:00.000Z",
    tool: "test",
    provenance: "recorded",
    boundaries: "exact",
    protocol: "pokee",
  });
  for (const [afterMs, text] of chunks) writer.append(new TextEncoder().encode(text), afterMs * 1000);
  await writer.finish("eof", 1000 + 1000 * chunks.reduce((sum, [afterMs]) => sum + afterMs, 0));
  return path;
}

describe("an inspection", () => {
  it("knows when events, lanes and chunks came", async () => {
    const path = await tape("timed.sse", [
      [100, created],
      [200, event("text.start", {}) + event("text.delta", { content: "a" })],
      [300, event("text.stop", {})],
      [50, completed],
    ]);
    const inspection = await inspectStream(path, { protocol: () => pokee });
    expect(inspection.report).toMatchObject({ verdict: "valid", events: 5, protocol: "pokee@1" });
    expect(inspection.times).toEqual({ firstByteMs: 100, firstEventMs: 100, lastEventMs: 650, endMs: 651 });
    expect(inspection.lanes.map(({ name, events, firstMs }) => [name, events, firstMs])).toEqual([
      ["stream", 2, 100],
      ["text", 3, 300],
    ]);
    expect(inspection.gaps).toEqual({ count: 3, least: 50, median: 200, p95: 300, most: 300 });
    expect(inspection.silence).toEqual({ ms: 300, afterEvent: 3, type: "text.delta" });
    expect(inspection.chunks).toMatchObject({ count: 4, most: created.length });
    expect(inspection.events.map(({ type }) => type)).toEqual([
      ...["message.created", "text.start", "text.delta", "text.stop", "message.completed"],
    ]);
  });

  it("of a bare stream knows what is in it, and no time", async () => {
    const path = join(folder, "bare.sse");
    await writeFile(path, created + completed);
    const inspection = await inspectStream(path, { protocol: () => pokee });
    expect(inspection.times).toEqual({});
    expect([inspection.chunks, inspection.gaps, inspection.silence]).toEqual([undefined, undefined, undefined]);
    expect(inspection.lanes.map(({ firstMs, activity }) => [firstMs, activity.counts.slice(0, 3)])).toEqual([
      [undefined, [1, 1, 0]],
    ]);
  });

  it("puts what no chunk line counts behind what one does", async () => {
    const path = await tape("more.sse", [[100, created]]);
    await writeFile(path, created + completed);
    const { lanes, times } = await inspectStream(path, { protocol: () => pokee });
    expect(lanes[0]?.activity.counts[100]).toBe(2);
    expect(times.lastEventMs).toBeUndefined();
  });

  it("says what an event that is too large leaves", async () => {
    const path = join(folder, "large.sse");
    await writeFile(path, `${created}data: ${"x".repeat(17 * 1024 * 1024)}`);
    const { report, events } = await inspectStream(path);
    expect(report.verdict).toBe("unreadable");
    expect(events).toEqual([{ type: "message.created", count: 1 }]);
  });
});

describe("orphans", () => {
  it("are halves of tapes, at any depth", async () => {
    const sub = await mkdtemp(join(folder, "orphans-"));
    await writeFile(join(sub, "bare.sse"), "");
    await writeFile(join(sub, "gone.sse.tape"), "");
    await writeFile(join(sub, "whole.sse"), "");
    await writeFile(join(sub, "whole.sse.tape"), "");
    expect(await orphansIn(sub)).toEqual([
      { path: join(sub, "bare.sse"), kind: "no-lines" },
      { path: join(sub, "gone.sse.tape"), kind: "no-body" },
    ]);
    expect(await orphansIn(join(sub, "bare.sse"))).toEqual([]);
  });
});

describe("what is counted", () => {
  it("keeps its sum when the places widen", () => {
    const counter = new ActivityCounter(1);
    for (let value = 0; value < 10_000; value += 1) counter.add(value);
    expect(counter.width).toBe(32);
    expect(counter.counts.slice(0, 3)).toEqual([32, 32, 32]);
    expect(counter.counts.reduce((sum, count) => sum + count, 0)).toBe(10_000);
  });

  it("is spread as it was, also of more numbers than are kept", () => {
    const counter = new SpreadCounter();
    expect(counter.spread()).toBeUndefined();
    for (let value = 0; value < 1_000_000; value += 1) counter.add(value);
    const spread = counter.spread();
    expect([spread?.count, spread?.least, spread?.most]).toEqual([1_000_000, 0, 999_999]);
    expect(spread?.median).toBeGreaterThan(490_000);
    expect(spread?.median).toBeLessThan(510_000);
    expect(spread?.p95).toBeGreaterThan(940_000);
  });
});
