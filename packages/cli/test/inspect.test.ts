import { spawnSync } from "node:child_process";
import { appendFile, copyFile, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openTape } from "@ssert/tape";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RepairHost, repairAll } from "../src/inspect/repair-all.ts";
import { ssert } from "./in-process.ts";

const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/pokee/${path}`, import.meta.url));

let folder: string;
const file = (name: string): string => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ssert-inspect-"));
  for (const end of ["", ".tape"]) await copyFile(fixture(`valid/one-tool.sse${end}`), file(`one-tool.sse${end}`));
});
afterEach(async () => await rm(folder, { recursive: true }));

/** A tape as it is while it is recorded, and when its recorder was killed a day ago. */
async function dropEndLine(): Promise<void> {
  const lines = (await readFile(file("one-tool.sse.tape"), "utf8")).split("\n");
  await writeFile(file("one-tool.sse.tape"), `${lines.slice(0, 4).join("\n")}\n`);
}
async function killRecorder(): Promise<void> {
  await dropEndLine();
  const yesterday = new Date(Date.now() - 86_400_000);
  for (const end of ["", ".tape"]) await utimes(file(`one-tool.sse${end}`), yesterday, yesterday);
}

async function tapeLines(): Promise<{
  readonly header: { readonly request: object };
  readonly rest: readonly string[];
}> {
  const [first = "", ...rest] = (await readFile(file("one-tool.sse.tape"), "utf8")).split("\n");
  return { header: JSON.parse(first), rest };
}

describe("ssert inspect", () => {
  it("tells all that is known of one tape", async () => {
    const { code, out } = await ssert(["inspect", file("one-tool.sse")]);
    expect(code).toBe(0);
    expect(out).toContain("request   POST https://api.pokee.example/v1/sessions/");
    expect(out).toContain("protocol  pokee@1  ✓ valid");
    expect(out).toMatch(/recorded {2}2026-01-01T00:00:00\.000Z, .* old; synthetic, exact chunks, by ssert/);
    expect(out).toMatch(/ended {5}eof after 1\.8 s/);
    expect(out).toMatch(/events {4}16: text\.delta 5, /);
    expect(out).toMatch(/first in each lane: stream .* text .* tool_use/);
    expect(out).toMatch(/longest silence .* after event \d+ \w/);
    expect(out).toMatch(/\n {2}tool_use +\S.*[▁▂▃▄▅▆▇█]/u);
  });

  it("gives a line to each of several, and names orphans", async () => {
    await copyFile(fixture("valid/cr.sse"), file("bare.sse"));
    await copyFile(fixture("valid/cr.sse.tape"), file("gone.sse.tape"));
    const { code, out } = await ssert(["inspect", folder]);
    expect(code).toBe(1);
    expect(out).toMatch(/✓ valid {2}\S+bare\.sse +– +12 events +798 B +– +bare\n/);
    expect(out).toMatch(/✓ valid {2}\S+one-tool\.sse +pokee@1 +16 events/);
    expect(out).toContain("1 orphan:\n");
    expect(out).toContain("gone.sse.tape: its .sse is gone");
    expect(out).toContain("2 tapes, 28 events");
  });

  it("tells of those that cannot be read among the others, and nothing else of one alone", async () => {
    await writeFile(file("bad.sse"), "");
    await writeFile(file("bad.sse.tape"), "nonsense\n");
    const { code, out, err } = await ssert(["inspect", folder]);
    expect([code, err]).toEqual([2, expect.stringContaining("bad.sse.tape:1: expected a header")]);
    expect(out).toMatch(/^✗ unreadable {2}\S+bad\.sse\n✓ valid/);
    expect(out).toContain("2 tapes, 16 events, 1.0 kB, 1 unreadable");
    expect((await ssert(["inspect", file("bad.sse")])).out).toBe("");
  });

  it("keeps its columns on a narrow terminal", async () => {
    const { out } = await ssert(["inspect", file("one-tool.sse")], { columns: 50 });
    const rows = out.split("\n").filter((row) => !/https?:/.test(row) && !row.startsWith(folder));
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(50);
    expect(out).toMatch(/\n {2}events {4}16: text\.delta 5,[^\n]*\n {12}\S/);
  });

  it.each([40, 50, 60, 80])("has a table that fits into %i columns, and says what is damaged", async (columns) => {
    await copyFile(fixture("valid/cr.sse"), file("bare.sse"));
    await copyFile(
      fixture("valid/cr.sse.tape"),
      file("0001-post-v1-sessions-0734c3cdd2034f38ac46755d-messages.sse.tape"),
    );
    await writeFile(file("bad.sse"), "");
    await writeFile(file("bad.sse.tape"), "nonsense\n");
    await writeFile(file("one-tool.sse"), "\n", { flag: "a" });
    const { out } = await ssert(["inspect", folder], { columns });
    const [table = "", ...below] = out.split("\n\n");
    const rows = table.split("\n");
    expect(rows).toHaveLength(3);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns);
    expect(rows[2]).toMatch(/^✓.*one-tool\.sse.*edited$/);
    const sentences = below
      .join("\n")
      .split("\n")
      .filter((line) => !line.includes(folder));
    expect(Math.max(...sentences.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(out.replaceAll(/\s+/g, " ")).toContain("1 damaged or edited, 1 unreadable");
  });

  it("tells which request it was by its body", async () => {
    const { header, rest } = await tapeLines();
    const request = { ...header.request, body: '{"message":"What is the weather?"}' };
    await writeFile(file("one-tool.sse.tape"), [JSON.stringify({ ...header, request }), ...rest].join("\n"));
    expect((await ssert(["inspect", file("one-tool.sse")])).out).toMatch(
      /POST \S+\n {12}\{"message":"What is the weather\?"\}\n/,
    );
    const json = JSON.parse((await ssert(["inspect", file("one-tool.sse"), "--json"])).out);
    expect(json.tapes[0].request.body).toBe(request.body);
  });

  it("does not trust the times of bytes that have changed", async () => {
    expect((await ssert(["inspect", file("one-tool.sse")])).out).not.toContain("not to be trusted");
    const text = await readFile(file("one-tool.sse"), "utf8");
    await writeFile(file("one-tool.sse"), text.replaceAll("\n", "\r\n"));
    expect((await ssert(["inspect", file("one-tool.sse")])).out).toContain("not to be trusted");
  });

  it("judges bare streams by the protocol of the configuration", async () => {
    await copyFile(fixture("broken/tool_call/closed/second-result.sse"), file("bare.sse"));
    await writeFile(file("ssert.config.mjs"), 'export default { protocol: "pokee" };\n');
    const bin = fileURLToPath(new URL("../src/main.ts", import.meta.url));
    for (const args of [
      ["inspect", "bare.sse"],
      ["diff", "bare.sse", "bare.sse"],
    ]) {
      const { stdout } = spawnSync(process.execPath, ["--conditions=@ssert/source", bin, ...args], { cwd: folder });
      expect(stdout.toString()).toContain("pokee@1");
    }
  });

  it("finishes what a dead recorder left, when asked", async () => {
    await killRecorder();
    const before = await ssert(["inspect", file("one-tool.sse")]);
    expect(before.code).toBe(1);
    expect(before.out).toContain("--repair finishes the tape");
    const repaired = await ssert(["inspect", file("one-tool.sse"), "--repair"]);
    expect(repaired.code).toBe(0);
    expect(repaired.out).toMatch(/^repaired .*the tape ends as interrupted now/);
    expect((await ssert(["inspect", file("one-tool.sse"), "--repair"])).out).not.toContain("repaired");
  });

  describe("asked to repair what was written just now", () => {
    const refused: string[] = [];
    const host = (whileWaiting: () => Promise<boolean>): RepairHost => {
      let clock = Date.now();
      return {
        async wait(milliseconds) {
          clock += milliseconds;
          return await whileWaiting();
        },
        refused: (message) => refused.push(message),
        now: () => clock,
      };
    };
    beforeEach(async () => {
      refused.length = 0;
      await dropEndLine();
    });

    it("waits once, and repairs it where nobody wrote", async () => {
      const repairs = await repairAll(
        [file("one-tool.sse")],
        host(async () => true),
      );
      expect([repairs.length, refused]).toEqual([1, []]);
    });

    it("leaves it to the recorder that goes on", async () => {
      const recorder = async (): Promise<boolean> => {
        await appendFile(file("one-tool.sse"), "data: 1\n\n");
        await utimes(file("one-tool.sse"), new Date(), new Date(Date.now() + 15_000));
        return true;
      };
      expect(await repairAll([file("one-tool.sse")], host(recorder))).toEqual([]);
      expect(refused).toEqual([expect.stringContaining("one-tool.sse is still being recorded")]);
      expect((await openTape(file("one-tool.sse"))).state).toBe("unfinished");
    });

    it("leaves it as it is where the user would not wait", async () => {
      expect(
        await repairAll(
          [file("one-tool.sse")],
          host(async () => false),
        ),
      ).toEqual([]);
      expect(refused).toEqual([expect.stringContaining("its recorder may be at work")]);
      expect((await openTape(file("one-tool.sse"))).state).toBe("unfinished");
    });
  });

  it("says what edited a tape, and does not repair that", async () => {
    await writeFile(file("one-tool.sse"), "data: 1\n\n");
    const { code, out } = await ssert(["inspect", file("one-tool.sse"), "--repair"]);
    expect(code).toBe(1);
    expect(out).toContain("edited since it was recorded");
  });

  it("judges by the protocol that is named, and shows the first place of each rule", async () => {
    const { code, out } = await ssert([
      "inspect",
      fixture("broken/tool_call/closed/second-result.sse"),
      "--protocol",
      "pokee",
    ]);
    expect(code).toBe(1);
    expect(out).toContain("findings  error tool_call/closed at event 9");
    expect(out).toContain("recorded  a bare .sse");
  });

  it("prints JSON", async () => {
    const { out } = await ssert(["inspect", file("one-tool.sse"), "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      tapes: [
        {
          path: file("one-tool.sse"),
          state: "finished",
          end: "eof",
          provenance: "synthetic",
          report: { verdict: "valid" },
        },
      ],
      unreadable: [],
      orphans: [],
      repairs: [],
    });
  });

  it("writes a page", async () => {
    const { err } = await ssert(["inspect", folder, "--html", file("tapes.html")]);
    expect(err).toBe(`page written to ${file("tapes.html")}\n`);
    expect(await readFile(file("tapes.html"), "utf8")).toContain("one-tool.sse");
  });

  it.each([
    ["a file that is not there", ["gone.sse"], "does not exist"],
    ["a header that is none", ["bad.sse"], "header"],
    ["standard input", ["-"], "inspect reads tapes, which are files"],
    ["a page of no such kind", ["one-tool.sse", "--html", "x"], "such as tapes.html"],
  ])("cannot run with %s, exit 2", async (_what, [name = "", ...rest], message) => {
    await writeFile(file("bad.sse"), "");
    await writeFile(file("bad.sse.tape"), "nonsense\n");
    const { code, err } = await ssert(["inspect", name === "-" ? name : file(name), ...rest]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
