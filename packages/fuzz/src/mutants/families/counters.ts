import type { Protocol } from "@ssert/protocol";
import type { KindPlan } from "../../streams/plan.ts";
import { draftsOf, edited, label } from "../draft.ts";
import { type Breaker, type Breakers, firstOf } from "../fault.ts";
import { livesIn } from "../legal.ts";
import { valueAt, withValue } from "../reading/json.ts";

type CounterPlan = KindPlan["counters"][number];

/** A number on the events of an instance that counts up. */
export function counterBreakers({ plan }: Protocol): Breakers {
  return plan.scopes.flatMap(({ kinds }) =>
    kinds.flatMap((kind) => kind.counters.map((counter): Breakers[number] => [counter.jumps.id, jump(kind, counter)])),
  );
}

/** +7 on one event; where it only has to go up, the number of the event before. */
function jump(kind: KindPlan, counter: CounterPlan): Breaker {
  return (reading, dice) => {
    const lives = livesIn(reading, kind.scope).filter((life) => life.kind === kind);
    const counted = lives.flatMap(({ visits }) => {
      const reads = visits.flatMap(({ frame, part }) =>
        part.counters.flatMap(({ of, at }) => {
          const value = valueAt(frame.data, at.tokens);
          return of === counter && typeof value === "number" ? [{ frame, path: at.tokens, value }] : [];
        }),
      );
      const before = reads.map((_, index) => reads[index - 1]?.value);
      return reads.map((read, index) => ({ ...read, before: before[index] }));
    });
    return firstOf(dice, counted, ({ frame, path, value, before }) => {
      const from = before ?? counter.from;
      // It may start anywhere.
      if (from === undefined) return undefined;
      const wrong = counter.step === "up" ? (before ?? from - 1) : value + 7;
      const data = withValue(frame.data, path, wrong);
      const drafts = draftsOf(reading);
      const draft = drafts[frame.event];
      if (draft === undefined || frame.plan.checks.some((check) => check(data).length > 0)) return undefined;
      return {
        drafts: drafts.with(frame.event, edited(draft, [{ path: [...frame.at, ...path], value: wrong }])),
        at: frame.event,
        change: `made ${counter.name} ${wrong} in ${label(reading, frame.event)}`,
      };
    });
  };
}
