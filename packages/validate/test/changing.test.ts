import { appendFileSync, rmSync, truncateSync } from "node:fs";
import { builtinProtocol } from "@ssert/protocol";
import type { StreamReport } from "@ssert/report";
import { validateStream } from "@ssert/validate";
import { describe, expect, test } from "vitest";
import { folderOf, link, put } from "./folder.ts";
import { VALID } from "./tapes.ts";

const DELTA = 'event: text.delta\ndata: {"content":"0123456789"}\n\n';
const LARGE = VALID.replace("event: text.stop", `${DELTA.repeat(20_000)}event: text.stop`);

/** The file is changed when it has been looked at, and not yet read. */
async function changedMeanwhile(text: string, change: (path: string) => void): Promise<StreamReport> {
  const source = await put(await folderOf(), "x.sse", text);
  let changed = false;
  const protocol = (): ReturnType<typeof builtinProtocol> => {
    if (!changed) change(source);
    changed = true;
    return builtinProtocol("pokee");
  };
  return await validateStream({ kind: "file", source }, { protocol });
}

describe.each([
  ["small", VALID],
  ["large", LARGE],
])("a %s file that changes while it is read", (_, text) => {
  test("and grows is judged to its new end", async () => {
    const report = await changedMeanwhile(text, (path) => appendFileSync(path, DELTA));
    expect(report).toMatchObject({ verdict: "invalid", bytes: Buffer.byteLength(text + DELTA) });
  });

  test("and grows large, too", async () => {
    const report = await changedMeanwhile(text, (path) => appendFileSync(path, DELTA.repeat(20_000)));
    expect(report.bytes).toBe(Buffer.byteLength(text + DELTA.repeat(20_000)));
  });

  test("and shrinks is truncated", async () => {
    const report = await changedMeanwhile(text, (path) => truncateSync(path, VALID.indexOf("event: text.stop")));
    expect(report.verdict).toBe("truncated");
  });

  test("and goes is unreadable", async () => {
    const report = await changedMeanwhile(text, (path) => rmSync(path));
    expect(report).toMatchObject({ verdict: "unreadable", reason: expect.stringMatching(/does not exist/) });
  });
});

test("many streams validated at once do not mix", async () => {
  const folder = await folderOf();
  const texts = Array.from({ length: 50 }, (_, n) => VALID.replace("text.delta", n % 2 ? "text.delta" : "text.dalta"));
  const sources = await Promise.all(texts.map((text, n) => put(folder, `${n}.sse`, text)));
  const protocol = async (): Promise<ReturnType<typeof builtinProtocol>> => builtinProtocol("pokee");
  const reports = await Promise.all(sources.map((source) => validateStream({ kind: "file", source }, { protocol })));
  expect(reports.map(({ findings }) => findings.length > 0)).toEqual(texts.map((_, n) => n % 2 === 0));
});

test("a link that leads to itself is unreadable", async () => {
  const folder = await folderOf();
  await link(folder, "x.sse", "x.sse");
  const report = await validateStream({ kind: "file", source: `${folder}/x.sse` });
  expect(report).toMatchObject({ verdict: "unreadable", reason: expect.stringMatching(/ELOOP/) });
});
