import { ReplayError } from "./error.ts";
import type { Step, Steps } from "./steps.ts";

/** `recorded`: as it was; `instant`: without waiting; a number: that many times as fast. */
export type Speed = "recorded" | "instant" | number;

export interface Pace {
  readonly speed: Speed;
  /** No wait is longer, measured after `speed` is applied; undefined: waits are as long as they are. */
  readonly maxGapMs: number | undefined;
}

/** The same steps at other times. */
export async function* paced(steps: Steps, pace: Pace): Steps {
  const factor = pace.speed === "recorded" ? 1 : pace.speed;
  const maxGapUs = (pace.maxGapMs ?? Number.POSITIVE_INFINITY) * 1000;
  let taken = 0;
  let atUs = 0;
  const move = (step: Step): Step => {
    if (factor === "instant") return { ...step, atUs: 0 };
    atUs += Math.min((step.atUs - taken) / factor, maxGapUs);
    taken = step.atUs;
    return { ...step, atUs };
  };
  for await (const batch of steps) yield batch.map(move);
}

export function checkPace(pace: Pace): void {
  if (typeof pace.speed === "number" && !(pace.speed > 0 && Number.isFinite(pace.speed))) {
    throw new ReplayError(
      "bad-option",
      `speed: expected "recorded", "instant" or a factor above 0 (2 is twice as fast), got ${pace.speed}`,
    );
  }
  if (pace.maxGapMs !== undefined && !(pace.maxGapMs >= 0)) {
    throw new ReplayError("bad-option", `maxGapMs: expected milliseconds of 0 or more, got ${pace.maxGapMs}`);
  }
}
