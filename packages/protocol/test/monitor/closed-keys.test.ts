import fc from "fast-check";
import { expect, test } from "vitest";
import { ClosedKeys } from "../../src/monitor/instance/closed-keys.ts";
import type { Key } from "../../src/monitor/instance/key.ts";

const key: fc.Arbitrary<Key> = fc.oneof(fc.nat(30), fc.constantFrom<Key>("", "0", "1", "__proto__", true, false));
const doing = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant("close"), key }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom("forget", "report"), key }) },
);

test("closed keys are what a map of them would be, oldest first", () => {
  fc.assert(
    fc.property(fc.array(doing, { maxLength: 120 }), (steps) => {
      const closed = new ClosedKeys();
      const expected = new Map<Key, { number: number; reported: boolean }>();
      steps.forEach(({ what, key: at }, number) => {
        if (what === "close") {
          const type = `t${number}`;
          closed.set(at, { event: { number, type }, location: { offset: number * 2 ** 40, line: number, column: 7 } });
          expected.set(at, { number, reported: false });
        } else if (what === "forget") {
          const [oldest] = expected.keys();
          expect(closed.forgetOldest()).toBe(oldest);
          if (oldest !== undefined) expected.delete(oldest);
        } else {
          const known = closed.get(at);
          if (known !== undefined) known.reported = true;
          const right = expected.get(at);
          if (right !== undefined) right.reported = true;
        }
      });
      expect(closed.size).toBe(expected.size);
      for (const [each, { number, reported }] of expected) {
        expect(closed.get(each)).toEqual({
          place: {
            event: { number, type: `t${number}` },
            location: { offset: number * 2 ** 40, line: number, column: 7 },
          },
          reported,
        });
      }
    }),
  );
});
