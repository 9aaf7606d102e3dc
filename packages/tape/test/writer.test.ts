import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { createTape, openTape, TapeError, verifyTape } from "@ssert/tape";
import { describe, expect, it } from "vitest";
import { appendAll, chunksOf, HEADER, newFolder, sizeOf, textsOf, until } from "./folder.ts";

const windows = process.platform === "win32";

/** A program of its own that records without end; `stderr` is whole when it has ended. */
function recorder(path: string, shell?: string): { child: ChildProcess; stderr: Promise<string> } {
  const script = fileURLToPath(new URL("endless-recorder.ts", import.meta.url));
  const program = [process.execPath, "--conditions=@ssert/source", script, path];
  const command = shell === undefined ? program : ["sh", "-c", `${shell}exec "$@"`, "sh", ...program];
  const child = spawn(command[0] ?? "", command.slice(1), { stdio: ["ignore", "ignore", "pipe"] });
  return { child, stderr: text(child.stderr) };
}

describe("a tape that is being recorded", () => {
  it("holds the body in NAME.sse, and header, chunks and end in NAME.sse.tape", async () => {
    const path = join(await newFolder(), "poem.sse");
    const tape = await createTape(path, { ...HEADER, protocol: "pokee" });
    await appendAll(tape, [
      [1200, "event: a\n"],
      [35, "data: 1\n\n"],
    ]);
    await tape.finish("eof", 2000);
    expect(await readFile(path, "utf8")).toBe("event: a\ndata: 1\n\n");
    const [header, ...rest] = (await readFile(`${path}.tape`, "utf8")).trimEnd().split("\n");
    expect(header).toMatch(/^\{"ssert":1,"recordedAt":"2026-08-01T09:30:00.000Z","tool":/);
    expect(rest).toEqual([
      "[1200,9]",
      "[35,9]",
      expect.stringMatching(/^\{"end":"eof","bytes":18,"sha256":"[0-9a-f]{64}","elapsedUs":2000,"redacted":0\}$/),
    ]);
  });

  it("has bytes and chunk line on disk while the stream goes on", async () => {
    const path = join(await newFolder(), "live.sse");
    const tape = await createTape(path, HEADER);
    await until("the header is on disk", async () => (await sizeOf(`${path}.tape`)) > 0);
    const header = await sizeOf(`${path}.tape`);
    for (const count of [1, 2, 3]) {
      tape.append(Buffer.from("data: 1\n\n"), 10);
      await until("the chunk line is on disk", async () => (await sizeOf(`${path}.tape`)) === header + 7 * count);
      expect(await sizeOf(path)).toBe(9 * count);
    }
    await tape.finish("eof", 0);
  });

  it("is its owner's alone, whatever was there before", async () => {
    const path = join(await newFolder(), "deep", "er", "x.sse");
    await (await createTape(path, HEADER)).finish("eof", 0);
    await chmod(path, 0o644);
    await (await createTape(path, HEADER, { force: true })).finish("eof", 0);
    for (const file of [path, `${path}.tape`]) expect((await stat(file)).mode & 0o777).toBe(windows ? 0o666 : 0o600);
  });

  it("asks the stream to wait when the disk is behind, and says when it may go on", async () => {
    const tape = await createTape(join(await newFolder(), "x.sse"), HEADER, { maxQueuedBytes: 100 });
    expect(tape.append(new Uint8Array(99), 0)).toBe(true);
    expect(tape.append(new Uint8Array(1), 0)).toBe(false);
    await tape.drained();
    expect(tape.append(new Uint8Array(99), 0)).toBe(true);
    expect((await tape.finish("eof", 0)).bytes).toBe(199);
  });

  it("takes time before an empty chunk to the next one", async () => {
    const path = join(await newFolder(), "x.sse");
    const tape = await createTape(path, HEADER);
    await appendAll(tape, [
      [5, ""],
      [7, "a"],
      [1, "b"],
    ]);
    await tape.finish("eof", 0);
    expect(await textsOf(await openTape(path))).toEqual([
      [12, "a"],
      [1, "b"],
    ]);
  });

  it("finishes once and takes nothing afterwards", async () => {
    const tape = await createTape(join(await newFolder(), "x.sse"), HEADER);
    tape.append(Buffer.from("a"), 0);
    const [first, second] = await Promise.all([tape.finish("eof", 1), tape.finish("cut", 2)]);
    expect(second).toEqual(first);
    expect(() => tape.append(Buffer.from("b"), 0)).toThrow(expect.objectContaining({ code: "finished" }));
  });

  it("reports a disk that is full to whoever waits for it, and keeps what was written", async ({ skip }) => {
    skip(windows, "this system has no ulimit");
    const path = join(await newFolder(), "full.sse");
    const { stderr } = recorder(path, "ulimit -f 1024; ");
    expect(await stderr).toMatch(/TapeError.*cannot write the tape \(EFBIG.*what was written before is kept/);
    const tape = await openTape(path);
    expect(tape).toMatchObject({ state: "unfinished", header: { tool: "ssert 0.1.0" } });
    expect(tape.bytes).toBeGreaterThan(0);
  });
});

describe("a tape that exists", () => {
  it("is not overwritten, nor is either of its files", async () => {
    const folder = await newFolder();
    await writeFile(join(folder, "a.sse"), "mine");
    await writeFile(join(folder, "b.sse.tape"), "mine");
    for (const name of ["a.sse", "b.sse"]) {
      const created = createTape(join(folder, name), HEADER);
      await expect(created).rejects.toThrow(/exists.*--force/);
      await expect(created).rejects.toBeInstanceOf(TapeError);
    }
    expect(await readFile(join(folder, "a.sse"), "utf8")).toBe("mine");
    await expect(stat(join(folder, "b.sse"))).rejects.toThrow("ENOENT");
  });

  it("is replaced with force", async () => {
    const path = join(await newFolder(), "a.sse");
    for (const text of ["a long first recording", "second"]) {
      const tape = await createTape(path, HEADER, { force: true });
      tape.append(Buffer.from(text), 1);
      await tape.finish("eof", 1);
    }
    expect(await textsOf(await openTape(path))).toEqual([[1, "second"]]);
  });

  it("is refused where it cannot be: another name, a folder in its place", async () => {
    const folder = await newFolder();
    await expect(createTape(join(folder, "a.txt"), HEADER)).rejects.toMatchObject({ code: "bad-name" });
    await expect(createTape(join(folder, ".sse"), HEADER)).rejects.toMatchObject({ code: "bad-name" });
    await mkdir(join(folder, "b.sse"));
    await expect(createTape(join(folder, "b.sse"), HEADER, { force: true })).rejects.toMatchObject({
      code: "write-failed",
    });
  });
});

describe("a recorder that is killed", () => {
  // Pieces of every size, so that the kill strikes in the middle of short and of long writes.
  it.each([0, 1, 5_000, 300_000, 5_000_000])("leaves a tape that opens, %i bytes in", async (bytes) => {
    const path = join(await newFolder(), "killed.sse");
    const { child, stderr } = recorder(path);
    await until("the child has recorded so much", async () => (await sizeOf(path).catch(() => -1)) >= bytes);
    child.kill("SIGKILL");
    expect(await stderr).toBe("");

    const tape = await openTape(path);
    expect(tape.header ? ["unfinished"] : ["unfinished", "bare"]).toContain(tape.state);
    const chunks = await chunksOf(tape);
    const body = Buffer.concat(chunks.map((chunk) => chunk.bytes));
    expect(body.length).toBe(tape.bytes);
    expect(body.every((byte, index) => byte === index % 251)).toBe(true);
    expect((await verifyTape(tape)).map(({ code }) => code)).toEqual(tape.state === "bare" ? [] : ["unfinished"]);
    // Every line counts bytes that are there: what is not counted yet comes last.
    const timed = chunks.filter((chunk) => chunk.afterUs !== undefined);
    expect(chunks.slice(0, timed.length)).toEqual(timed);
  });
});
