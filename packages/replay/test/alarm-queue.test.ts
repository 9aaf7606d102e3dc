import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Alarm, AlarmQueue } from "../src/alarm-queue.ts";

function drain(queue: AlarmQueue): readonly number[] {
  const times: number[] = [];
  for (let alarm = queue.first; alarm !== undefined; alarm = queue.first) {
    times.push(alarm.atMs);
    queue.remove(alarm);
  }
  return times;
}

describe("a queue of alarms", () => {
  test("gives them by time, in whatever order they were set and called off", () => {
    const at = fc.nat(20).map((atMs) => ({ kind: "add" as const, atMs }));
    const off = fc.nat().map((which) => ({ kind: "remove" as const, which }));
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 2, arbitrary: at }, { weight: 1, arbitrary: off })), (actions) => {
        const queue = new AlarmQueue();
        const set: Alarm[] = [];
        let model: Alarm[] = [];
        for (const action of actions) {
          if (action.kind === "add") {
            const alarm = queue.add(action.atMs, () => {});
            set.push(alarm);
            model.push(alarm);
          } else if (set.length > 0) {
            // Perhaps one that was called off before: that does nothing.
            const alarm = set[action.which % set.length];
            if (alarm === undefined) throw new RangeError("an alarm was set");
            queue.remove(alarm);
            model = model.filter((other) => other !== alarm);
          }
          expect(queue.first?.atMs).toBe(model.length === 0 ? undefined : Math.min(...model.map(({ atMs }) => atMs)));
        }
        expect(drain(queue)).toEqual(model.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
      }),
    );
  });

  test("does not take one off twice in the place of another", () => {
    const queue = new AlarmQueue();
    const first = queue.add(1, () => {});
    queue.remove(first);
    queue.add(2, () => {});
    queue.remove(first);
    expect(drain(queue)).toEqual([2]);
  });
});
