import { appendFile, mkdtemp, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTape, openTape, QUIET_MS, repairTape, verifyTape } from "../src/index.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ssert-repair-"));
  path = join(folder, "a.sse");
});
afterEach(async () => await rm(folder, { recursive: true }));

/** When whoever wrote the tape has long been silent. */
const later = (): number => Date.now() + QUIET_MS;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A tape of two chunks. */
async function record(): Promise<void> {
  const writer = await createTape(path, {
    ssert: 1,
    recordedAt: "2026-01-01T00:00:00.000Z",
    tool: "test",
    provenance: "recorded",
    boundaries: "exact",
  });
  writer.append(bytes("data: Zürich\n\n"), 1000);
  writer.append(bytes("data: 2\n\n"), 500);
  await writer.finish("eof", 2000);
}

/** As a recorder leaves it that was killed. */
async function kill(keptLines: number, torn = ""): Promise<void> {
  const lines = (await readFile(`${path}.tape`, "utf8")).split("\n").slice(0, keptLines);
  await writeFile(`${path}.tape`, `${lines.join("\n")}\n${torn}`);
}

const lines = async (): Promise<readonly string[]> =>
  (await readFile(`${path}.tape`, "utf8")).trimEnd().split("\n").slice(1);
const problems = async (): Promise<readonly string[]> =>
  (await verifyTape(await openTape(path))).map(({ code }) => code);

describe("a tape whose recorder died", () => {
  it("gets its end line, and what no chunk line counted becomes its last chunk", async () => {
    await record();
    await kill(2, "[500,");
    const repair = await repairTape(path, later);
    expect(repair).toMatchObject({
      path,
      action: "finished",
      message: expect.stringContaining("9 bytes that no chunk line counted"),
    });
    expect((await lines()).slice(0, 2)).toEqual(["[1000,15]", "[0,9]"]);
    expect((await openTape(path)).trailer).toMatchObject({
      end: "interrupted",
      bytes: 24,
      elapsedUs: 1000,
      redacted: 0,
    });
    expect(await problems()).toEqual([]);
  });

  it("gets its end line where every byte was counted", async () => {
    await record();
    await kill(3);
    const repair = await repairTape(path, later);
    expect(repair?.message).toBe("the recorder died: the tape ends as interrupted now");
    expect((await lines()).slice(0, 2)).toEqual(["[1000,15]", "[500,9]"]);
  });

  it("is left alone until it has been quiet for so long that nobody can be recording it", async () => {
    await record();
    await kill(3);
    const before = await lines();
    const writtenAt = 1_700_000_000_000;
    await utimes(`${path}.tape`, 0, 0);
    await utimes(path, writtenAt / 1000, writtenAt / 1000);
    await expect(repairTape(path, () => writtenAt + QUIET_MS - 1)).rejects.toThrow(
      expect.objectContaining({ code: "in-use", message: expect.stringContaining("was written 19 s ago") }),
    );
    expect(await lines()).toEqual(before);
    // A file server's clock may be ahead.
    await expect(repairTape(path, () => writtenAt - 5000)).rejects.toThrow("was written 0 s ago");
    expect(await repairTape(path, () => writtenAt + QUIET_MS)).toMatchObject({ action: "finished" });
  });

  it("loses chunk lines that the bytes do not bear out", async () => {
    await record();
    await kill(3);
    await truncate(path, 15);
    await repairTape(path, later);
    expect((await lines()).slice(0, -1)).toEqual(["[1000,15]"]);
    expect(await problems()).toEqual([]);
  });

  it("keeps its header to the letter, and its files for their owner only", async () => {
    await record();
    const [header] = (await readFile(`${path}.tape`, "utf8")).split("\n");
    await kill(2);
    await repairTape(path, later);
    expect((await readFile(`${path}.tape`, "utf8")).split("\n")[0]).toBe(header);
    if (process.platform !== "win32") expect((await stat(`${path}.tape`)).mode & 0o777).toBe(0o600);
  });

  it("cannot be repaired without a header", async () => {
    await writeFile(path, "data: 1\n\n");
    await writeFile(`${path}.tape`, '{"ssert":1,"recor');
    await expect(repairTape(path, later)).rejects.toThrow(expect.objectContaining({ code: "no-header" }));
  });
});

describe("line ends that git changed", () => {
  it.each([
    ["LF into CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["CRLF into LF", (text: string) => text.replaceAll("\r\n", "\n")],
  ])("from %s are changed back", async (what, change) => {
    const recorded = what.startsWith("LF") ? "data: Zürich\n\n" : "data: Zürich\r\n\r\n";
    const writer = await createTape(path, {
      ssert: 1,
      recordedAt: "2026-01-01T00:00:00.000Z",
      tool: "test",
      provenance: "recorded",
      boundaries: "exact",
    });
    writer.append(bytes(recorded), 0);
    await writer.finish("eof", 0);
    await writeFile(path, change(recorded));
    expect(await problems()).toContain("crlf-damage");
    expect(await repairTape(path, later)).toMatchObject({ action: "restored" });
    expect(await readFile(path, "utf8")).toBe(recorded);
    expect(await problems()).toEqual([]);
  });
});

describe("nothing is done to", () => {
  it("a tape as it was recorded", async () => {
    await record();
    expect(await repairTape(path, later)).toBeUndefined();
  });

  it("a tape whose bytes are others", async () => {
    await record();
    await appendFile(path, "data: 3\n\n");
    const before = await readFile(path);
    expect(await repairTape(path, later)).toBeUndefined();
    expect(await readFile(path)).toEqual(before);
  });

  it("a bare stream", async () => {
    await writeFile(path, "data: 1\n\n");
    expect(await repairTape(path, later)).toBeUndefined();
  });
});
