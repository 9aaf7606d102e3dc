import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Case, fromChunks, toBytes, toChunks } from "../src/case/case.ts";
import { escapeCase } from "../src/case/escape.ts";
import { smallerCases } from "../src/case/shrink.ts";
import type { StreamProperty } from "../src/properties/property.ts";
import { properties } from "../src/properties/table.ts";

const streamProperties = properties.filter((property): property is StreamProperty => "cases" in property);

const bytesOf = fc.string({ unit: fc.constantFrom(..."data: 12\n\r\u00c3"), maxLength: 40 });
const anyCase: fc.Arbitrary<Case> = bytesOf.chain((text) =>
  fc.array(fc.nat(text.length), { maxLength: 5 }).map((cuts) => ({ text, cuts: cuts.sort((a, b) => a - b) })),
);

const emptyChunks = (candidate: Case) => toChunks(candidate).filter(({ length }) => length === 0).length;

describe("cases", () => {
  it("come back from their chunks", () => {
    fc.assert(
      fc.property(anyCase, (candidate) => {
        expect(fromChunks(toChunks(candidate))).toEqual(candidate);
      }),
    );
  });

  it("cut a stream without losing a byte", () => {
    fc.assert(
      fc.property(anyCase, (candidate) => {
        expect(Buffer.concat(toChunks(candidate))).toEqual(Buffer.from(toBytes(candidate.text)));
      }),
    );
  });

  it("are printed with every chunk in quotes and nothing invisible", () => {
    expect(escapeCase({ text: 'a"\r\n\xc3', cuts: [3] })).toBe(String.raw`"a\"\r" "\n\xc3"`);
  });
});

describe("shrinking", () => {
  it("offers only cases whose cuts lie in their text, in order, and no empty chunk that was not there", () => {
    fc.assert(
      fc.property(anyCase, (candidate) => {
        for (const smaller of smallerCases(candidate)) {
          expect(smaller.cuts.every((cut, index) => cut >= (smaller.cuts[index - 1] ?? 0))).toBe(true);
          expect(smaller.cuts.every((cut) => cut <= smaller.text.length)).toBe(true);
          if (smaller.text === "") continue;
          expect(emptyChunks(smaller)).toBeLessThanOrEqual(Math.max(emptyChunks(candidate), 1));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("ends: whatever is picked, the cases get smaller until there is none", () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), (candidate, choice) => {
        let current = candidate;
        for (let steps = 0; ; steps += 1) {
          expect(steps).toBeLessThan(2000);
          const smaller = [...smallerCases(current)];
          if (smaller.length === 0) break;
          current = smaller[(choice * 31 + steps * 17) % smaller.length] ?? current;
        }
      }),
      { numRuns: 30 },
    );
  });

  it("finds the two lines that matter between many that do not", () => {
    const lines = Array.from({ length: 30 }, (_, index) => `data: ${index}\n`);
    const text = `${lines.join("")}id: a\n\n${lines.join("")}id\n\n`;
    const fails = (candidate: Case) => /^id: [a-z]\n\n(?:.*\n)*id\n\n/m.test(candidate.text);
    let current: Case = { text, cuts: [3, 50, 200] };
    for (;;) {
      const next = [...smallerCases(current)].find(fails);
      if (next === undefined) break;
      current = next;
    }
    expect(current).toEqual({ text: "id: a\n\nid\n\n", cuts: [] });
  });
});

describe.each(streamProperties.map((property) => [property.name, property] as const))("cases of %s", (_, { cases }) => {
  it("belong to it, and are the same for the same seed", () => {
    const drawn = fc.sample(cases.arbitrary, { seed: 7, numRuns: 60 });
    expect(drawn.filter((candidate) => !cases.within(candidate)).map(escapeCase)).toEqual([]);
    expect(fc.sample(cases.arbitrary, { seed: 7, numRuns: 60 })).toEqual(drawn);
  });

  it("are many", () => {
    const drawn = new Set(fc.sample(cases.arbitrary, { seed: 7, numRuns: 60 }).map(escapeCase));
    expect(drawn.size).toBeGreaterThanOrEqual(5);
  });
});
