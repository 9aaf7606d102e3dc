import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openTapes } from "../src/serve/tapes.ts";
import { folder } from "./places.ts";
import { VALID } from "./pokee.ts";

function tape(dir: string, name: string, recordedAt?: string): string {
  const path = join(dir, name);
  writeFileSync(path, VALID);
  if (recordedAt !== undefined) {
    const header = { ssert: 1, recordedAt, tool: "ssert 0.0.0", provenance: "recorded", boundaries: "exact" };
    writeFileSync(`${path}.tape`, `${JSON.stringify(header)}\n`);
  }
  return path;
}

async function order(inputs: readonly string[]): Promise<readonly string[]> {
  return (await openTapes(inputs)).map(({ path }) => basename(path));
}

describe("the order of the tapes that are served", () => {
  it("is that of their recording, whatever they are called", async () => {
    const dir = folder();
    tape(dir, "a.sse", "2026-03-01T12:00:02.000Z");
    tape(dir, "b.sse", "2026-03-01T12:00:01.000Z");
    tape(dir, "c.sse", "2026-03-01T12:00:03.000Z");
    expect(await order([dir])).toEqual(["b.sse", "a.sse", "c.sse"]);
  });

  it("is that of their naming where they do not say when, after those that do", async () => {
    const dir = folder();
    const paths = [tape(dir, "z.sse"), tape(dir, "a.sse"), tape(dir, "m.sse", "2026-03-01T12:00:00.000Z")];
    expect(await order(paths)).toEqual(["m.sse", "z.sse", "a.sse"]);
  });
});
