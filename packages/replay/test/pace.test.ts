import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkPace, type Pace, paced } from "../src/pace.ts";
import type { Step, Steps } from "../src/steps.ts";

async function times(atUs: readonly number[], pace: Partial<Pace>): Promise<readonly number[]> {
  async function* steps(): Steps {
    // Two batches, since what came before the second counts for it.
    const all: readonly Step[] = atUs.map((at) => ({ atUs: at, bytes: new Uint8Array() }));
    yield all.slice(0, 2);
    yield all.slice(2);
  }
  const moved: number[] = [];
  for await (const batch of paced(steps(), { speed: "recorded", maxGapMs: undefined, ...pace })) {
    moved.push(...batch.map((step) => step.atUs));
  }
  return moved;
}

describe("pace", () => {
  test.each<{ name: string; pace: Partial<Pace>; expected: readonly number[] }>([
    { name: "recorded leaves times alone", pace: {}, expected: [0, 10_000, 10_000, 90_000] },
    { name: "instant does not wait", pace: { speed: "instant" }, expected: [0, 0, 0, 0] },
    { name: "2 is twice as fast", pace: { speed: 2 }, expected: [0, 5000, 5000, 45_000] },
    { name: "0.5 is half as fast", pace: { speed: 0.5 }, expected: [0, 20_000, 20_000, 180_000] },
    {
      name: "a long gap is cut, and what follows comes earlier",
      pace: { maxGapMs: 30 },
      expected: [0, 10_000, 10_000, 40_000],
    },
    { name: "the gap is measured as replayed", pace: { speed: 2, maxGapMs: 30 }, expected: [0, 5000, 5000, 35_000] },
    { name: "no gap at all", pace: { maxGapMs: 0 }, expected: [0, 0, 0, 0] },
  ])("$name", async ({ pace, expected }) => {
    expect(await times([0, 10_000, 10_000, 90_000], pace)).toEqual(expected);
  });

  test("whatever the pace, steps stay in order and no gap is over the bound", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(5_000_000), { minLength: 3 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.nat(1000),
        async (gaps, speed, maxGapMs) => {
          let at = 0;
          const moved = await times(
            gaps.map((gap) => {
              at += gap;
              return at;
            }),
            { speed, maxGapMs },
          );
          let before = 0;
          for (const now of moved) {
            expect(now).toBeGreaterThanOrEqual(before);
            expect(now - before).toBeLessThanOrEqual(maxGapMs * 1000 + 1);
            before = now;
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("a speed of %d is refused", (speed) => {
    expect(() => checkPace({ speed, maxGapMs: undefined })).toThrow(/factor above 0/);
  });

  test.each([-1, Number.NaN])("a longest gap of %d is refused", (maxGapMs) => {
    expect(() => checkPace({ speed: "recorded", maxGapMs })).toThrow(/maxGapMs/);
  });
});
