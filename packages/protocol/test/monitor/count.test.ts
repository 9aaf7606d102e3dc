import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Count } from "../../src/monitor/instance/count.ts";

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
