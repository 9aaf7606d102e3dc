import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonDifference } from "../../src/monitor/values/json-difference.ts";

describe("the difference of two JSON values", () => {
  test("there is none between equal values, however their keys are ordered", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonDifference(value, reversed(structuredClone(value)))).toBeUndefined();
      }),
    );
  });

  test("it agrees with a comparison of canonical texts", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (left, right) => {
        expect(jsonDifference(left, right) === undefined).toBe(canonical(left) === canonical(right));
      }),
    );
  });

  test.each([
    [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, "/a/b/1"],
    [{ "x/y": 1 }, { "x/y": 2 }, "/x~1y"],
    [[1], { 0: 1 }, ""],
    [{ a: undefined }, { b: undefined }, ""],
    [[1, 2], [1], ""],
    [null, {}, ""],
  ])("%j and %j differ at %j", (left, right, path) => {
    expect(jsonDifference(left, right)?.path).toBe(path);
  });
});

/** The same with keys in the reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

/** A text that two values share exactly if they say the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value === 0 ? 0 : value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${entries.toSorted((a, b) => (a < b ? -1 : 1)).join()}}`;
}
