import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pieceOf } from "../../src/shrink/pieces.ts";
import { redactValues } from "../../src/shrink/redact.ts";
import { redactWords } from "../../src/shrink/redact-words.ts";
import { reduceData } from "../../src/shrink/reduce-data.ts";
import { reduceList } from "../../src/shrink/reduce-list.ts";

describe("reduceList", () => {
  it("finds what is needed, wherever it is", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(300), { maxLength: 300 }), fc.func(fc.boolean()), (items, chosen) => {
        const needed = items.filter((item) => chosen(item));
        const left = reduceList(items, (some) => needed.every((item) => some.includes(item)));
        expect(left).toEqual(needed);
      }),
      { numRuns: 50 },
    );
  });

  it("takes an opening out with its closing", () => {
    const balanced = (units: readonly string[]): boolean => {
      const brackets = units.filter((unit) => "()".includes(unit)).join("");
      const fewer = brackets.replaceAll("()", "");
      return fewer === "" || (fewer !== brackets && balanced([...fewer]));
    };
    const holds = (units: readonly string[]): boolean => units.includes("!") && balanced(units);
    expect(reduceList([..."(a)((b)!c)(d)"], holds).join("")).toBe("!");
  });

  it("leaves a list alone of which nothing can go", () => {
    expect(reduceList([1, 2, 3], (items) => items.length === 3)).toEqual([1, 2, 3]);
    expect(reduceList([], () => true)).toEqual([]);
  });
});

describe("reduceData", () => {
  it("takes properties, elements, text and numbers away that are not needed", () => {
    const value = { a: [1, { b: "needle in hay" }, 3], c: { d: null }, e: 42 };
    const holds = (other: unknown): boolean => JSON.stringify(other).includes("needle");
    expect(reduceData(value, holds)).toEqual({ a: [{ b: "needle" }] });
  });

  it("keeps the last value that held", () => {
    const seen: unknown[] = [];
    const result = reduceData({ a: "xyz", b: [1, 2, 3] }, (value) => {
      const holds = JSON.stringify(value).includes("y");
      if (holds) seen.push(value);
      return holds;
    });
    expect(seen.at(-1)).toEqual(result);
    expect(result).toEqual({ a: "y" });
  });

  it("takes `__proto__` for a key like any other", () => {
    const value: unknown = JSON.parse('{"__proto__":{"a":1},"b":2}');
    expect(JSON.stringify(reduceData(value, (other) => JSON.stringify(other).includes("__proto__")))).toBe(
      '{"__proto__":{}}',
    );
  });
});

describe("redactValues", () => {
  it("gives the same text the same placeholder, and leaves what must stay", () => {
    const values = [
      { id: "secret-1", say: "hello" },
      { id: "secret-1", status: "done", n: 7 },
    ];
    const holds = ([first, second]: readonly unknown[]): boolean =>
      JSON.stringify(second).includes('"status":"done"') && idOf(first) === idOf(second) && idOf(first) !== undefined;
    const redacted = redactValues(values, holds);
    expect(JSON.stringify(redacted)).not.toMatch(/secret|hello|":7/);
    expect(JSON.stringify(redacted)).toMatch(/"id":.*"status":"done"/);
    expect(holds(redacted)).toBe(true);
  });
});

describe("redactWords", () => {
  it("masks escaped characters by one that says nothing, and leaves other escapes alone", () => {
    const pieces = [pieceOf([{ name: "data", value: String.raw`"\u6771\n\\u4eac Zug 42"` }])];
    const [redacted] = redactWords(pieces, new Set(), () => true);
    expect(new TextDecoder().decode(redacted?.bytes)).toBe(`${String.raw`data: "\u0078\n\\u0078 xxx 11"`}\n\n`);
  });
});

function idOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
}
