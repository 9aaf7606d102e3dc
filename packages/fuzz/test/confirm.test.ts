import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { adapterOf, Parser } from "../planted/parser.ts";
import type { ParserAdapter } from "../src/adapters/adapter.ts";
import { loadKnownParser } from "../src/parsers/load.ts";
import { properties } from "../src/properties/table.ts";
import { renderFuzzJson } from "../src/render/json.ts";
import { renderParserTable } from "../src/render/parser-table.ts";
import { renderParserTableMarkdown } from "../src/render/parser-table-pages.ts";
import { renderFuzzText } from "../src/render/text.ts";
import { checkParser } from "../src/run/check.ts";
import type { CheckResult, PropertyResult } from "../src/run/check-result.ts";
import { confirmFinding } from "../src/run/confirm.ts";
import { describeFinding, describeFindings } from "../src/run/describe.ts";

const right = adapterOf("right", Parser);
const trimming = adapterOf(
  "trimming",
  class extends Parser {
    override value(afterColon: string): string {
      return afterColon.trim();
    }
  },
);
const property = "field/trailing-space";

async function check(adapter: ParserAdapter, name: string = property): Promise<[CheckResult, PropertyResult]> {
  const result = await checkParser(adapter, { seed: 1, runs: 100, properties: [name] });
  const [only] = result.results;
  if (only === undefined) throw new Error(`${name} was not tried`);
  return [result, only];
}

describe("a finding in a part of a package", () => {
  it("is confirmed when the public entry shows the same", async () => {
    const [result, found] = await check({ ...trimming, publicEntry: { ...trimming, name: "open()" } });
    expect(found).toMatchObject({ verdict: "bug", publicEntry: { name: "open()", confirmed: true } });
    expect(describeFindings(result)).toContain("Confirmed through open().");
  });

  it("is no bug when the public entry contradicts it", async () => {
    const [result, found] = await check({ ...trimming, publicEntry: { ...right, name: "open()" } });
    expect(found).toMatchObject({ verdict: "internal-only", publicEntry: { confirmed: false } });
    expect(result.ok).toBe(true);
    expect(describeFindings(result)).toBe("");
    expect(describeFinding(result, found)).toContain("Internal only: open() reads it as the standard does.");
  });

  it("stays a bug when the public entry shows nothing of the kind", async () => {
    // `1` and `1 ` are the same number to who parses them.
    const parsing: ParserAdapter = {
      name: "open()",
      shows: { data: "json", type: false, id: false },
      open: (sink) =>
        right.open({ event: ({ data }) => sink.event({ data: JSON.stringify(JSON.parse(data)) }), retry: () => {} }),
    };
    const [result, found] = await check({ ...trimming, publicEntry: parsing });
    expect(found).toMatchObject({ verdict: "bug", publicEntry: { confirmed: "not observable there" } });
    expect(describeFindings(result)).toContain("Found below open(), through which it cannot be seen.");
  });

  it("is not confirmed by something else that is wrong in the public entry", async () => {
    const shouting = adapterOf(
      "open()",
      class extends Parser {
        override value(afterColon: string): string {
          return afterColon.replace(/^ /, "").replace(/[ \t]+$/, "!");
        }
      },
    );
    const [, found] = await check({ ...trimming, publicEntry: shouting });
    expect(found.publicEntry?.confirmed).toBe("not observable there");
  });

  it("is confirmed when the public entry throws at it", async () => {
    const strict = adapterOf(
      "open()",
      class extends Parser {
        override value(afterColon: string): string {
          if (/[ \t]$/.test(afterColon)) throw new Error("space at the end");
          return afterColon.replace(/^ /, "");
        }
      },
    );
    const [, found] = await check({ ...trimming, publicEntry: strict });
    expect(found.publicEntry?.confirmed).toBe(true);
  });

  it("is neither confirmed nor contradicted by an entry that cannot read a plain event", async () => {
    const changed: ParserAdapter = {
      name: "open()",
      parse() {
        throw new TypeError("open is not a function");
      },
    };
    const [, found] = await check({ ...trimming, publicEntry: changed });
    expect(found).toMatchObject({ verdict: "bug", publicEntry: { confirmed: "not observable there" } });
  });

  it("is given to the public entry with its payloads, and without the types that it hides", async () => {
    const payload = (digits: string): string => `{"n":"${digits}"}`;
    const entry = { ...right, name: "open()", payload, shows: { data: "json", type: false, id: false } } as const;
    const line = properties.find(({ name }) => name === "line-ends/lf");
    if (line === undefined) throw new Error("no such property");
    const asked: string[] = [];
    const listening: ParserAdapter = {
      ...entry,
      open(sink) {
        const parser = right.open(sink);
        return {
          push(chunk) {
            asked.push(Buffer.from(chunk).toString());
            return parser.push(chunk);
          },
          end: () => parser.end(),
        };
      },
    };
    const silent: ParserAdapter = { name: "silent", parse: () => [] };
    const found = { text: "data: 1\n\n", cuts: [] };
    const all = await confirmFinding({ ...silent, publicEntry: listening }, line, found, 1000);
    expect(asked.slice(1)).toEqual(['data: {"n":"1"}\n\n']);
    expect(all?.confirmed).toBe(false);
    const hiding = { ...silent, name: "open()", hides: () => true };
    const none = await confirmFinding({ ...silent, publicEntry: hiding }, line, found, 1000);
    expect(none?.confirmed).toBe("not observable there");
  });

  it.each([
    ["fed", { name: "eager", open: (sink) => ({ push: () => sink.event({ type: "a", data: "" }), end: () => {} }) }],
    [
      "read",
      {
        name: "eager",
        async *read(chunks) {
          for await (const _ of chunks) yield { type: "a", data: "" };
        },
      },
    ],
  ] satisfies [string, ParserAdapter][])(
    "about an event that the entry keeps to itself is not contradicted: %s",
    async (_, eager) => {
      const dataless = properties.find(({ name }) => name === "data/no-data-type");
      if (dataless === undefined) throw new Error("no such property");
      const found = { text: "event:a\n\n", cuts: [] };
      const open = { ...right, name: "open()", shows: { id: false } } as const;
      const showing = await confirmFinding({ ...eager, publicEntry: open }, dataless, found, 1000);
      expect(showing?.confirmed).toBe(false);
      const keeping = { ...open, hides: (type: string) => type === "a", shows: { id: false, type: false } } as const;
      const messages: ParserAdapter = {
        ...keeping,
        open: (sink) =>
          right.open({ event: (event) => event.type !== "a" && sink.event({ data: event.data }), retry: () => {} }),
      };
      const hiding = await confirmFinding({ ...eager, publicEntry: messages }, dataless, found, 1000);
      expect(hiding?.confirmed).toBe("not observable there");
    },
  );

  it("says nothing of a public entry where the adapter drives the package by it", async () => {
    const [, found] = await check(trimming);
    expect(found.verdict).toBe("bug");
    expect(found).not.toHaveProperty("publicEntry");
  });
});

describe("what the public entry says", () => {
  it("is in the text, the JSON and the matrix", async () => {
    const [result] = await check({ ...trimming, publicEntry: { ...right, name: "open()" } });
    const run = { ok: true, seed: 1, targets: [result] };
    expect(renderFuzzText(run)).toContain("✓ trimming: 0 pass, 0 bugs, 1 internal only");
    const { targets } = JSON.parse(renderFuzzJson(run));
    expect(targets[0].results[0]).toMatchObject({
      verdict: "internal-only",
      publicEntry: { name: "open()", confirmed: false },
    });
    expect(renderParserTable(run)).toMatch(/field\/trailing-space +○/);
    const page = renderParserTableMarkdown(run, { date: "2026-01-02", node: "24.0.0", runs: 1 });
    expect(page).toContain("(internal only: not so through `open()`)");
  });
});

// The repository's own matrix: a workspace member that nothing published depends on.
const folder = fileURLToPath(new URL("../../../tools/parsers", import.meta.url));

describe.each([
  ["openai", "bom/later", "bug", true],
  ["groq-sdk", "bom/later", "bug", true],
  ["@anthropic-ai/sdk", "data/no-data-type", "internal-only", false],
  ["@mistralai/mistralai", "bom/block-start", "bug", true],
  ["@langchain/core", "comment/block", "internal-only", false],
  ["@microsoft/fetch-event-source", "comment/block", "bug", true],
  ["undici", "event/emptied", "bug", true],
] as const)("the public entry of %s", (name, known, verdict, confirmed) => {
  it(`is asked about ${known}`, async () => {
    const [, found] = await check(await loadKnownParser(name, folder), known);
    expect(found).toMatchObject({ verdict, publicEntry: { confirmed } });
  });

  it("reads a plain stream as the part below it does", async () => {
    const adapter = await loadKnownParser(name, folder);
    const line = properties.find((each) => each.name === "line-ends/lf");
    if (line === undefined) throw new Error("no such property");
    // A reader that shows nothing is wrong; the entry, which shows the event, contradicts it.
    const silent: ParserAdapter = { name, shows: adapter.shows ?? {}, parse: () => [] };
    const { publicEntry } = adapter;
    const found = { text: "event: a\ndata: 1\n\nevent: b\ndata: 2\n\n", cuts: [12, 20] };
    const said = await confirmFinding({ ...silent, ...(publicEntry && { publicEntry }) }, line, found, 2000);
    expect(said?.confirmed).toBe(false);
  });
});
