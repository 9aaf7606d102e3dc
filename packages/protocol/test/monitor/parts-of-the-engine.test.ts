import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Count } from "../../src/monitor/count.ts";
import { jsonDifference } from "../../src/monitor/json-difference.ts";
import { RunningHash } from "../../src/monitor/running-hash.ts";

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

describe("a running hash", () => {
  test("does not depend on how a text was cut", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (pieces) => {
        const [inPieces, whole] = [new RunningHash(), new RunningHash()];
        for (const piece of pieces) inPieces.add(piece);
        whole.add(pieces.join(""));
        expect(inPieces.equals(whole)).toBe(true);
      }),
    );
  });

  test("tells texts apart, also of one length", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        (text, at, unit) => {
          const other = text.slice(0, at % text.length) + unit + text.slice((at % text.length) + 1);
          fc.pre(other !== text);
          const [one, two] = [new RunningHash(), new RunningHash()];
          one.add(text);
          two.add(other);
          expect(one.equals(two)).toBe(false);
        },
      ),
    );
  });
});

describe("a count", () => {
  test("accepts a run from its first value, and no other value", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5, max: 5 }),
        fc.constantFrom(1, 2, -1),
        fc.nat(20),
        fc.integer({ min: -50, max: 50 }),
        (from, step, length, other) => {
          const count = new Count(from, step);
          for (let index = 0; index < length; index += 1) expect(count.accepts(from + index * step)).toBe(true);
          expect(count.accepts(other)).toBe(other === from + length * step);
        },
      ),
    );
  });

  test("goes on from a jump that was no error as from any value", () => {
    const count = new Count(0, 1);
    count.jump(7, false);
    expect([count.accepts(0), count.accepts(1), count.accepts(8)]).toEqual([false, false, true]);
  });

  test("goes on behind a value that was used without having been counted", () => {
    const count = new Count(0, 1);
    count.follow(0);
    expect([count.accepts(0), count.accepts(1)]).toEqual([true, true]);
    count.follow(9);
    expect([count.accepts(9), count.accepts(10), count.accepts(11)]).toEqual([true, true, true]);
  });

  test("goes on with the old count after a jump, whatever was used without having been counted since", () => {
    const count = new Count(0, 1);
    for (const value of [0, 1, 2]) count.accepts(value);
    count.jump(1, true); // a three that was called one
    count.follow(1);
    expect(count.accepts(4)).toBe(true);
  });
});
