import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Case, toBytes } from "../src/case/case.ts";
import { escapeCase } from "../src/case/escape.ts";
import { interpretEventStream } from "../src/oracle/interpret.ts";
import { properties } from "../src/properties/table.ts";
import { browserEvents, chromiumPath } from "./browser.ts";

// Every type that the generators can draw on purpose; a type that neither they nor the oracle know would be missed.
const letters = ["a", "b", "c", "d"];
const knownTypes = ["message", ...letters, ...letters.flatMap((one) => letters.map((two) => one + two))];

const casesAProperty = 50;

function drawnCases(): Case[] {
  return properties.flatMap((property) =>
    "cases" in property && property.share === undefined
      ? fc.sample(property.cases.arbitrary, { seed: 20260101, numRuns: casesAProperty })
      : [],
  );
}

// Chromium comes from `apt-get install chromium`; CI has it.
describe.skipIf(!existsSync(chromiumPath))("the oracle and Chromium", () => {
  it("read thousands of streams in the same way", async () => {
    const cases = drawnCases();
    const expected = cases.map(({ text }) =>
      interpretEventStream(toBytes(text)).events.map(({ type, data, lastEventId }) => [type, data, lastEventId]),
    );
    const types = expected.map((events) => [...new Set([...knownTypes, ...events.map(([type = ""]) => type)])]);
    const actual = await browserEvents(cases, types);
    const different = cases.flatMap((candidate, index) =>
      JSON.stringify(actual[index]) === JSON.stringify(expected[index])
        ? []
        : [{ stream: escapeCase(candidate), oracle: expected[index], chromium: actual[index] }],
    );
    expect(cases.length).toBeGreaterThan(3000);
    expect(different).toEqual([]);
  }, 120_000);
});
