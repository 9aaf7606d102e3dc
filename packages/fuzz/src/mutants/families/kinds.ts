import type { Protocol } from "@ssert/protocol";
import type { ScopePlan } from "../../streams/plan.ts";
import { donorsOf, lineOf, staysInside, transplant } from "../donors.ts";
import { draftsOf, label, renumbered } from "../draft.ts";
import { type Breaker, type Breakers, firstOf, range } from "../fault.ts";
import { copyFits, livesIn } from "../legal.ts";
import { isOpenAt, type Life, openedAt } from "../reading/life.ts";

/** An event of one kind in an instance of another. */
export function kindBreakers(protocol: Protocol): Breakers {
  return protocol.plan.scopes
    .filter(({ kinds }) => kinds.length > 1)
    .flatMap(
      (scope): Breakers => [
        [scope.rules.wrongKind.id, insertOfOtherKind(scope)],
        [scope.rules.wrongKind.id, insertForeign(protocol, scope)],
      ],
    );
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
          const line = lineOf(life).slice(1);
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
          const copy = transplant({ reading, visit: donor }, life);
          if (copy === undefined) return undefined;
          return {
            drafts: renumbered(reading, draftsOf(reading).toSpliced(at, 0, copy)),
            at,
            change: `put ${label(reading, event)} into the ${life.kind.name} of event ${openedAt(life) + 1}`,
          };
        },
      ),
    );
  };
}

function isNewest(life: Life, position: number): boolean {
  const later = life.parent?.children.filter(
    (other) => other.scope === life.scope && openedAt(other) > openedAt(life) && isOpenAt(other, position),
  );
  return life.scope.keyed || later?.length === 0;
}

/** The same with an event of another stream: this one need not have two kinds. */
function insertForeign(protocol: Protocol, scope: ScopePlan): Breaker {
  return (reading, dice) => {
    const kinds = scope.kinds.filter((kind) => kind.steps.length > 0);
    if (kinds.length === 0) return undefined;
    const donors = donorsOf(protocol, dice.pick(kinds));
    return firstOf(dice, livesIn(reading, scope), (life) =>
      firstOf(dice, donors, (donor) => {
        if (donor.visit.role.opens !== undefined || donor.visit.role.kinds[life.kind.index]?.admits === true)
          return undefined;
        const positions = range(openedAt(life) + 1, life.until).filter(
          (position) => isNewest(life, position) && position <= reading.end && staysInside(donor, life, position),
        );
        const draft = transplant(donor, life);
        if (positions.length === 0 || draft === undefined) return undefined;
        const at = dice.pick(positions);
        return {
          drafts: renumbered(reading, draftsOf(reading).toSpliced(at, 0, draft)),
          at,
          change: `put a new ${donor.visit.frame.name} into the ${life.kind.name} of event ${openedAt(life) + 1}`,
        };
      }),
    );
  };
}
