import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Report, renderHtml, renderHtmlParts, renderJson, type Timeline } from "@ssert/report";
import { describe, expect, test } from "vitest";
import { expectReportSchema } from "../report-schema.ts";
import { invalid, reportOf } from "../streams.ts";
import { hashOf, partsOf } from "./page.ts";

const EVIL = `</script><script>alert(1)</script><!--<script>\u2028\u202E\0"'&amp;\uD800`;

const timeline = (facts: Partial<Timeline> = {}): Timeline => ({
  source: "fixtures/x.sse",
  lanes: ["text"],
  events: [{ number: 1, type: "text.delta", lane: "text", offset: 0, length: 7, line: 1, raw: "data: 1" }],
  chunks: [],
  total: { events: 1, chunks: 1, bytes: 9 },
  ...facts,
});

async function dataOf(report: Report, ...more: [Parameters<typeof renderHtml>[1]?]): Promise<Record<string, unknown>> {
  return JSON.parse(partsOf(await renderHtml(report, ...more)).json);
}

describe("the data of the page", () => {
  test.each([
    ["no stream", reportOf()],
    ["a finding with both places", reportOf(invalid({ related: [{ message: "opened here" }] }), {})],
    [
      "a stream that is none",
      reportOf({ verdict: "no-stream", reason: "the response is application/json, status 409" }),
    ],
    ["hostile names", reportOf({ source: EVIL, ...invalid({ message: EVIL, path: "/a" }) })],
  ])("is the JSON report: %s", async (_name, report) => {
    const { report: shown } = await dataOf(report);
    expect(shown).toEqual(JSON.parse(renderJson(report)));
    expectReportSchema(shown);
  });

  test("has each stream's timeline in the report's order", async () => {
    const report = reportOf({ source: "a" }, { source: "b" }, { source: "c" });
    const b = timeline({ source: "b" });
    const { timelines } = await dataOf(report, { timelines: new Map([["b", b]]) });
    expect(timelines).toEqual([null, b, null]);
  });

  test("describes the rules that findings are about, and no others", async () => {
    const rule = (id: string, title: string) => ({ id, severity: "error" as const, title });
    const rules = [rule("a/b", "first"), rule("c/d", "unused"), rule("a/b", "second")];
    const { rules: shown } = await dataOf(reportOf(invalid({ rule: "a/b" }, { rule: "e/f" })), { rules });
    expect(shown).toEqual([rule("a/b", "first")]);
  });

  test("names the tool, with its version where it is known", async () => {
    expect(await dataOf(reportOf())).toMatchObject({ tool: "ssert" });
    expect(await dataOf(reportOf(), { version: "1.2.3" })).toMatchObject({ tool: "ssert 1.2.3" });
  });
});

describe("the file", () => {
  test("lets its own script and style run, by their hashes, and nothing else", async () => {
    const { policy, script, style } = partsOf(await renderHtml(reportOf({})));
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${hashOf(script)};`);
    expect(policy).toContain(`style-src ${hashOf(style)};`);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test("names no other file and no address", async () => {
    const html = await renderHtml(reportOf(invalid({})));
    // The one name of a namespace is no place that anything is fetched from.
    const addresses = html
      .replaceAll("http://www.w3.org/2000/svg", "")
      .match(/(?:https?:)?\/\/[a-z]|url\(|@import|src=/gi);
    expect(addresses).toBeNull();
  });

  test("holds no markup of a stream, whatever it is called and holds", async () => {
    const report = reportOf({ source: EVIL, ...invalid({ message: EVIL, event: { number: 1, type: EVIL } }) });
    const event = { number: 1, type: EVIL, lane: EVIL, offset: 0, length: 1, line: 1, raw: EVIL };
    const html = await renderHtml(report, {
      timelines: new Map([[EVIL, timeline({ source: EVIL, events: [event] })]]),
    });
    const { json } = partsOf(html);
    expect(json).not.toMatch(/[<\u2028\u202e\0]/u);
    expect(html.match(/<script\b/g)).toHaveLength(2);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    // JSON knows a lone surrogate by its escape; an encoder would not.
    expect(JSON.parse(json).timelines[0].events[0].raw).toBe(EVIL);
  });

  test("says in its title what the report comes to", async () => {
    const broken = reportOf(invalid({}), { verdict: "truncated" }, { verdict: "unreadable", reason: "x" }, {});
    expect(partsOf(await renderHtml(broken)).title).toBe("ssert: 3 of 4 streams broken");
    expect(partsOf(await renderHtml(reportOf({}))).title).toBe("ssert: 1 stream");
  });

  test("is the same for the same report", async () => {
    const report = reportOf(invalid({}), {});
    expect(await renderHtml(report)).toBe(await renderHtml(report));
  });

  test("comes in parts, of which none is large, and which are the whole", async () => {
    const sources = Array.from({ length: 300 }, (_, n) => `${n}.sse`);
    const raw = "data: é<".padEnd(2000, "x");
    const event = { number: 1, type: null, lane: "stream", offset: 0, length: 2001, line: 1, raw };
    const timelines = new Map(sources.map((source) => [source, timeline({ source, events: [event] })]));
    const report = reportOf(...sources.map((source) => ({ source })));
    const parts = [...(await renderHtmlParts(report, { timelines }))];
    expect(parts.join("")).toBe(await renderHtml(report, { timelines }));
    const largest = Math.max(...parts.map(({ length }) => length));
    expect(largest).toBeLessThan(100_000);
    expect(partsOf(parts.join("")).json.length).toBeGreaterThan(6 * largest);
  });

  test("says that nothing of what streams hold is to be shown, where that is so", async () => {
    expect(await dataOf(reportOf({}), { private: true })).toHaveProperty("private", true);
    expect(await dataOf(reportOf({}))).not.toHaveProperty("private");
  });

  test("is small before anything is in it: less than 60 kB", async () => {
    expect((await renderHtml(reportOf())).length).toBeLessThan(60_000);
  });
});

test("the page's own sources put text in as text: none of them writes markup", () => {
  const folder = fileURLToPath(new URL("../../page", import.meta.url));
  const sources = globSync("**/*.ts", { cwd: folder });
  expect(sources.length).toBeGreaterThan(10);
  const writing = sources.filter((path) =>
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML|eval\(/.test(
      readFileSync(`${folder}/${path}`, "utf8"),
    ),
  );
  expect(writing).toEqual([]);
});
