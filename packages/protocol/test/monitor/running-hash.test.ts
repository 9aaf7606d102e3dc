import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RunningHash } from "../../src/monitor/instance/running-hash.ts";

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
