import type { Protocol } from "@ssert/protocol";
import type { ScopePlan } from "../../streams/plan.ts";
import { draftsOf, label, renamed } from "../draft.ts";
import { type Breaker, type Breakers, firstOf } from "../fault.ts";
import { livesIn, siblings } from "../legal.ts";
import { openedAt } from "../reading/life.ts";

/** Keys that count up. */
export function numberedBreakers({ plan }: Protocol): Breakers {
  return plan.scopes.flatMap(
    (scope): Breakers =>
      scope.numbered === undefined ? [] : [[scope.rules.keyJumps.id, jump(scope, scope.numbered.step)]],
  );
}

/** One instance goes by a number that is three too high. */
function jump(scope: ScopePlan, step: number): Breaker {
  return (reading, dice) =>
    firstOf(dice, livesIn(reading, scope), (life) => {
      const [key] = life.key;
      if (typeof key !== "number") return undefined;
      // Another instance may have that number, and would then be opened again.
      const wrong =
        Math.max(key, ...siblings(life).flatMap((other) => other.key.filter((part) => typeof part === "number"))) +
        3 * step;
      const at = openedAt(life);
      return {
        drafts: renamed(draftsOf(reading), life, [wrong]),
        at,
        change: `gave the ${scope.name} of ${label(reading, at)} the number ${wrong}`,
      };
    });
}
