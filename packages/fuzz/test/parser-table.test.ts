import { describe, expect, it } from "vitest";
import { adapterOf, Parser } from "../planted/parser.ts";
import { renderParserTableHtml, renderParserTableMarkdown } from "../src/render/parser-table-pages.ts";
import { checkParser } from "../src/run/check.ts";
import type { FuzzResult } from "../src/verb/run-fuzz.ts";

const trimming = adapterOf(
  "<trimming>",
  class extends Parser {
    override value(afterColon: string): string {
      return afterColon.trim();
    }
  },
);

async function matrix(): Promise<FuzzResult> {
  const options = { seed: 1, runs: 50, properties: ["line-ends/lf", "field/trailing-space", "id/own"] };
  const deviations = [{ property: "field/trailing-space", reason: "values are trimmed & that is meant" }];
  const targets = await Promise.all(
    [adapterOf("right", Parser), { ...trimming, version: "2.0.0" }, { ...trimming, deviations }].map((adapter) =>
      checkParser(adapter, options),
    ),
  );
  return { ok: false, seed: 1, targets };
}

const facts = { date: "2026-01-02", node: "24.0.0", runs: 50 };

describe("the matrix as Markdown", () => {
  it("has a column a parser, a row a property that was tried, and a sign a cell", async () => {
    const page = renderParserTableMarkdown(await matrix(), facts);
    expect(page).toContain("| `line-ends/lf` | ✓ | ✓ | ✓ |");
    expect(page).toContain("| `field/trailing-space` | ✓ | ✗ | ≈ |");
    expect(page).toContain("| `id/own` | · | · | · |");
    expect(page).not.toContain("| `bom/first` |");
  });

  it("says when, with what, and how it was made", async () => {
    expect(renderParserTableMarkdown(await matrix(), facts)).toContain(
      "2026-01-02 with Node 24.0.0, 50 cases a property, seed 1",
    );
  });

  it("gives each finding its stream, and a declared one its reason", async () => {
    const page = renderParserTableMarkdown(await matrix(), facts);
    expect(page).toMatch(
      /## <trimming> 2\.0\.0\n\n- ✗ `field\/trailing-space`: `"data:.*"`: event 1 should be message/,
    );
    expect(page).toContain("(declared: values are trimmed & that is meant)");
    expect(page).toContain("## right\n\nNothing found.");
  });
});

describe("the matrix as a page", () => {
  it("links each bug to what is behind it, and needs nothing from elsewhere", async () => {
    const page = renderParserTableHtml(await matrix(), facts);
    expect(page).toContain('<td class="bug"><a href="#p2-field-trailing-space">✗</a></td>');
    expect(page).toMatch(
      /<section id="p2-field-trailing-space"><pre>&lt;trimming&gt; 2\.0\.0 breaks field\/trailing-space/,
    );
    expect(page).not.toMatch(/src=|https?:/);
  });

  it("escapes what parsers and people wrote", async () => {
    const page = renderParserTableHtml(await matrix(), facts);
    expect(page).not.toContain("<trimming>");
    expect(page).toContain('title="values are trimmed &amp; that is meant"');
  });
});
