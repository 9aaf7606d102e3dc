import { rm } from "node:fs/promises";
import { join } from "node:path";
import { builtinProtocol } from "@ssert/protocol";
import type { Report, Timeline } from "@ssert/report";
import { findInputs, readTimelines, type TimelinesOptions, validateStreams } from "@ssert/validate";
import { describe, expect, test } from "vitest";
import { folderOf, put } from "../folder.ts";
import { putTape, TRUNCATED, VALID } from "../tapes.ts";

const pokee = { protocol: () => builtinProtocol("pokee") };

interface Read {
  readonly report: Report;
  readonly timelines: ReadonlyMap<string, Timeline>;
  /** Of each stream that has a timeline, its file's name. */
  readonly names: readonly string[];
}

async function read(
  folder: string,
  options: TimelinesOptions = {},
  before = async (): Promise<void> => {},
): Promise<Read> {
  const inputs = await findInputs([folder]);
  const report = await validateStreams(inputs, pokee);
  await before();
  const timelines = await readTimelines(inputs, report, { ...pokee, ...options });
  return { report, timelines, names: [...timelines.keys()].map((source) => source.slice(folder.length + 1)) };
}

describe("the timelines of a report", () => {
  test("are those of its streams, of those with findings first", async () => {
    const folder = await folderOf();
    await put(folder, "a.sse", VALID);
    await put(folder, "b.sse", TRUNCATED);
    const { names, report, timelines } = await read(folder);
    expect(names).toEqual(["b.sse", "a.sse"]);
    for (const { source, events, bytes } of report.streams) {
      expect(timelines.get(source)?.total).toMatchObject({ events, bytes });
    }
  });

  test("end when they have come to the size that is allowed: what has findings is in it", async () => {
    const folder = await folderOf();
    for (const name of ["a", "b", "c", "d"]) await put(folder, `${name}.sse`, name === "d" ? TRUNCATED : VALID);
    expect((await read(folder, { maxBytes: 1 })).names).toEqual(["d.sse"]);
    expect((await read(folder, { maxBytes: 1500 })).names).toEqual(["d.sse", "a.sse"]);
  });

  test("leave out what was not judged, and what has vanished since", async () => {
    const folder = await folderOf();
    const response = { status: 409, headers: { "content-type": "application/json" } };
    await putTape(folder, "busy.sse", '{"error":"busy"}', { response });
    await put(folder, "gone.sse", VALID);
    await put(folder, "here.sse", VALID);
    const { names } = await read(folder, {}, async () => await rm(join(folder, "gone.sse")));
    expect(names).toEqual(["here.sse"]);
  });

  test("have what could be read of a stream that is unreadable further on", async () => {
    const folder = await folderOf();
    await put(folder, "x.sse", `data: ok\n\ndata: ${"x".repeat(17 * 1024 * 1024)}\n\n`);
    const { timelines, report } = await read(folder);
    expect(report.streams[0]?.verdict).toBe("unreadable");
    expect([...timelines.values()][0]).toMatchObject({ events: [{ raw: "data: ok" }], stopped: expect.any(String) });
  });

  test("stop where the run was stopped", async () => {
    const folder = await folderOf();
    await put(folder, "x.sse", VALID);
    expect((await read(folder, { signal: AbortSignal.abort() })).names).toEqual([]);
  });
});
