import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTape } from "@ssert/tape";
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

  describe("of answers that are no streams", () => {
    const answer = async (name: string, status: number, type: string, body: string): Promise<string> => {
      const path = file(`${name}/a.sse`);
      const writer = await createTape(path, {
        ssert: 1,
        recordedAt: "2026-01-01T00:00:00.000Z",
        tool: "ssert 0.1.0",
        provenance: "recorded",
        boundaries: "exact",
        request: { method: "POST", url: "https://api.example/v1/chat", headers: {} },
        response: { status, headers: { "content-type": type } },
        redaction: [],
      });
      writer.append(new TextEncoder().encode(body), 0);
      await writer.finish("eof", 1000);
      return file(name);
    };

    it("says that a stream became one, exit 1", async () => {
      const was = await answer("streamed", 200, "text/event-stream", "data: 1\n\n");
      const is = await answer("refused", 400, "application/json", '{"error":"no"}');
      const { code, out, err } = await ssert(["diff", was, is]);
      expect(code).toBe(1);
      expect(out).toContain(
        `- ${was}: 1 stream, 1 event\n+ ${is}: 0 streams, 0 events; skipped, for it is no stream: 1 × 400 application/json\n`,
      );
      expect(out).toMatch(/^ {2}error {4}`POST \/v1\/chat` was answered with .*: it is no stream any more$/m);
      expect(out).toContain("1 error, 0 warnings, 0 info");
      expect(err).toBe(
        `no events were compared: ${is} has no event stream; of other answers only status and media type are compared\n`,
      );
    });

    it("skips them on both sides and says so, exit 0", async () => {
      const one = await answer("one", 200, "application/json", '{"id":1}');
      const other = await answer("other", 200, "application/json; charset=utf-8", '{"id":"2"}');
      const { code, out, err } = await ssert(["diff", one, other]);
      expect([code, out.split("\n").at(-2)]).toEqual([0, "no differences"]);
      expect(err).toContain(`${one} and ${other} have no event stream`);
      const json = JSON.parse((await ssert(["diff", one, other, "--json"])).out);
      expect(json).toMatchObject({
        before: { source: one, streams: 0, skipped: { "200 application/json": 1 }, events: 0 },
        now: { streams: 0, skipped: { "200 application/json": 1 } },
        differences: [],
      });
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
