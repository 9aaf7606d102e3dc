import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ssert } from "./in-process.ts";

let folder: string;
const file = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ssert-diff-"));
  await writeFile(file("a.sse"), 'event: x\ndata: {"id":"1","n":1}\n\n');
  await writeFile(file("same.sse"), 'event: x\ndata: {"id":"2","n":2}\n\n');
  await writeFile(file("moved.sse"), 'event: x\ndata: {"id":7,"n":1}\n\n');
  await writeFile(file("more.sse"), 'event: x\ndata: {"id":"1","n":1,"\\u001b[31m":1}\n\n');
});
afterAll(async () => await rm(folder, { recursive: true }));

describe("ssert diff", () => {
  it("says that nothing differs, exit 0", async () => {
    const { code, out } = await ssert(["diff", file("a.sse"), file("same.sse")]);
    expect([code, out.split("\n").at(-2)]).toEqual([0, "no differences"]);
  });

  it("says what a client relied upon, exit 1", async () => {
    const { code, out } = await ssert(["diff", file("a.sse"), file("moved.sse")]);
    expect(code).toBe(1);
    expect(out).toContain("error    `x` /id was string, is number");
    expect(out).toContain("1 error, 0 warnings, 0 info");
  });

  it("fails from the tier that is chosen", async () => {
    expect((await ssert(["diff", file("a.sse"), file("more.sse")])).code).toBe(0);
    expect((await ssert(["diff", file("a.sse"), file("more.sse"), "--fail-on", "info"])).code).toBe(1);
  });

  it("compares values when asked", async () => {
    const { code, out } = await ssert([
      "diff",
      file("a.sse"),
      file("same.sse"),
      "--values",
      "ids",
      "--fail-on",
      "warning",
    ]);
    expect(code).toBe(1);
    expect(out).toContain('`x` /id was "1", is "2"');
    expect(out).not.toContain("/n was");
  });

  it("reads what names no protocol by that of the other side", async () => {
    const chat = (name: string): string => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));
    const now = chat("openai-chat/valid/text.sse");
    await copyFile(now, file("named.sse"));
    const header = {
      ssert: 1,
      recordedAt: "2026-01-01T00:00:00.000Z",
      tool: "ssert 0.1.0",
      provenance: "edited",
      boundaries: "exact",
    };
    await writeFile(file("named.sse.tape"), `${JSON.stringify({ ...header, protocol: "openai-chat" })}\n`);
    for (const sides of [
      [file("named.sse"), now],
      [now, file("named.sse")],
    ]) {
      const { out } = await ssert(["diff", ...sides]);
      expect([out.split("\n")[0], out.split("\n").at(-2)]).toEqual(["openai-chat@1", "no differences"]);
    }
    await copyFile(now, file("other.sse"));
    await writeFile(file("other.sse.tape"), `${JSON.stringify({ ...header, protocol: "pokee" })}\n`);
    expect((await ssert(["diff", file("named.sse"), file("other.sse")])).err).toContain(
      "of several protocols (openai-chat@1, pokee@1)",
    );
  });

  it("prints JSON", async () => {
    const { out } = await ssert(["diff", file("a.sse"), file("moved.sse"), "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      before: { source: file("a.sse"), streams: 1, events: 1 },
      summary: { error: 1, warning: 0, info: 0 },
      differences: [{ tier: "error", aspect: "shape", event: "x", path: "/id" }],
    });
  });

  it("lets nothing of a stream act upon the terminal", async () => {
    const { out } = await ssert(["diff", file("a.sse"), file("more.sse")]);
    expect(out).not.toContain("\u001b");
  });

  it("takes the protocol that is named, and says that there is none", async () => {
    const { out, err } = await ssert(["diff", file("a.sse"), file("moved.sse"), "--protocol", "pokee"]);
    expect([out.split("\n")[0], err]).toEqual(["pokee@1", ""]);
    expect((await ssert(["diff", file("a.sse"), file("a.sse")])).err).toMatch(/^no protocol: .*pokee/);
  });

  it.each([
    ["a file that is not there", ["a.sse", "gone.sse"], "does not exist"],
    ["standard input", ["a.sse", "-"], "diff reads files"],
  ])("cannot run with %s, exit 2", async (_what, names, message) => {
    const { code, err } = await ssert(["diff", ...names.map((name) => (name === "-" ? name : file(name)))]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
