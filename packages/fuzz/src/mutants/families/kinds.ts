import type { Protocol } from "@ssert/protocol";
import { draftsOf, type Edit, edited, keyEdits, label, renumbered } from "../draft.ts";
import { type Breaker, type Breakers, firstOf, range } from "../fault.ts";
import { copyFits, livesIn } from "../legal.ts";
import { parseJson, valueAt } from "../reading/json.ts";
import { isOpenAt, type Life, openedAt, type Visit } from "../reading/life.ts";
import type { ScopePlan } from "../reading/plan.ts";
import type { Reading } from "../reading/read.ts";

/** An event of one kind in an instance of another. */
export function kindBreakers({ plan }: Protocol): Breakers {
  return plan.scopes
    .filter(({ kinds }) => kinds.length > 1)
    .map((scope) => [scope.rules.wrongKind.id, insertOfOtherKind(scope)]);
}

function insertOfOtherKind(scope: ScopePlan): Breaker {
  return (reading, dice) => {
    const lives = livesIn(reading, scope);
    const donors = lives.flatMap(({ visits }) =>
      visits.filter(
        ({ opens, role, frame }) =>
          !opens &&
          role.part === "own" &&
          role.opens === undefined &&
          frame.at.length === 0 &&
          frame.plan.parts.length === 0,
      ),
    );
    return firstOf(dice, donors, (donor) =>
      firstOf(
        dice,
        lives.filter((life) => donor.role.kinds[life.kind.index]?.admits !== true),
        (life) => {
          const { event } = donor.frame;
          const line = linesOf(life);
          const positions = range(openedAt(life) + 1, life.until).filter(
            (position) =>
              isOpenAt(life, position) &&
              copyFits(
                reading,
                event,
                position,
                line.map((at) => at.scope),
              ) &&
              isNewest(life, position),
          );
          if (positions.length === 0) return undefined;
          const at = dice.pick(positions);
          const drafts = draftsOf(reading);
          const draft = drafts[event];
          if (draft === undefined) return undefined;
          const copy = edited(draft, adapted(donor.frame.visits, line));
          const data = parseJson(copy.data);
          // A constant may be of another type there than its schema allows here.
          if (donor.frame.plan.checks.some((check) => check(data).length > 0)) return undefined;
          return {
            drafts: renumbered(reading, drafts.toSpliced(at, 0, copy)),
            at,
            change: `put ${label(reading, event)} into the ${life.kind.name} of event ${openedAt(life) + 1}`,
          };
        },
      ),
    );
  };
}

/** The instance and all that it is in, the stream's scope left out. */
function linesOf(life: Life): readonly Life[] {
  return life.parent === undefined ? [] : [...linesOf(life.parent), life];
}

function isNewest(life: Life, position: number): boolean {
  const later = life.parent?.children.filter(
    (other) => other.scope === life.scope && openedAt(other) > openedAt(life) && isOpenAt(other, position),
  );
  return life.scope.keyed || later?.length === 0;
}

/** Keys and constants that bring an event into other instances than its own: it is of the wrong kind, and nothing else. */
function adapted(visits: readonly Visit[], line: readonly Life[]): readonly Edit[] {
  return visits.flatMap((visit) => {
    const life = line.find(({ scope }) => scope === visit.life.scope);
    if (life === undefined) return [];
    const constants = visit.part.constants.flatMap(({ of, at }): readonly Edit[] => {
      const first = firstValue(life, of.name);
      const path = [...visit.frame.at, ...at.tokens];
      return first === undefined || valueAt(visit.frame.data, at.tokens) === undefined ? [] : [{ path, value: first }];
    });
    return [...keyEdits(visit, life.key), ...constants];
  });
}

function firstValue(life: Life, name: string): unknown {
  for (const { part, frame } of life.visits) {
    for (const { of, at } of part.constants) {
      const value = of.name === name ? valueAt(frame.data, at.tokens) : undefined;
      if (value !== undefined && value !== null && value !== "") return value;
    }
  }
  return undefined;
}
