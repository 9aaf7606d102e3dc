import { describe, expect, it } from "vitest";
import { adapterOf, Parser } from "../planted/parser.ts";
import { plantedBugs } from "../planted/table.ts";
import { escapeCase } from "../src/case/escape.ts";
import { properties } from "../src/properties/table.ts";
import { checkParser } from "../src/run/check.ts";

// `pnpm fuzz:self` does the same with twenty seeds.
const seeds = [1, 2, 3];
const longestCounterexample = 24;

describe("a parser with one planted bug is caught under the property that the bug breaks", () => {
  it.each(plantedBugs.map((bug) => [bug.property, bug.adapter.name, bug] as const))(
    "%s: %s",
    async (name, _, bug) => {
      // Work and memory are measured, not drawn: the seed changes nothing about them.
      for (const seed of name.startsWith("work") || name.startsWith("memory") ? [1] : seeds) {
        const { results } = await checkParser(bug.adapter, { seed, properties: [name] });
        const finding = results.find(({ property }) => property === name);
        expect(finding?.verdict).toBe("bug");
        if (!bug.inBytes || finding?.counterexample === undefined) continue;
        const { case: smallest } = finding.counterexample;
        expect(smallest.text.length, escapeCase(smallest)).toBeLessThanOrEqual(longestCounterexample);
      }
    },
    60_000,
  );
});

describe("the planted bugs", () => {
  it("are at least one for each property of one respect", () => {
    const covered = new Set(plantedBugs.map(({ property }) => property));
    const withoutBug = properties.map(({ name }) => name).filter((name) => !covered.has(name));
    // Those about parsers that show a block's own id, which the planted ones do not; about clients; and about everything.
    expect(withoutBug.filter((name) => !name.startsWith("resume/"))).toEqual([
      "id/own",
      "id/own-no-data",
      "mixed/blocks",
      "mixed/tokens",
    ]);
  });

  it("each break what is right in the parser that they are made from", async () => {
    const { results } = await checkParser(adapterOf("right", Parser), { seed: 1 });
    expect(results.filter(({ verdict }) => verdict === "bug")).toEqual([]);
    const unseen = results.filter(({ verdict }) => verdict === "not-observable").map(({ property }) => property);
    expect(unseen.filter((name) => !name.startsWith("resume/"))).toEqual(["id/own", "id/own-no-data"]);
  }, 60_000);
});
