import type { Protocol } from "@ssert/protocol";
import type { KindPlan } from "../../streams/plan.ts";
import { draftsOf, edited, label } from "../draft.ts";
import { type Breaker, type Breakers, firstOf } from "../fault.ts";
import { livesIn } from "../legal.ts";
import { type Path, valueAt, withValue } from "../reading/json.ts";
import type { Frame, Visit } from "../reading/life.ts";
import type { Reading } from "../reading/read.ts";
import { planOf, typeOf } from "../reading/typing.ts";

type ConstantPlan = KindPlan["constants"][number];

/** A value that stays the same within an instance. */
export function constantBreakers({ plan }: Protocol): Breakers {
  return plan.scopes.flatMap(({ kinds }) =>
    kinds.flatMap((kind) =>
      kind.constants.map((constant): Breakers[number] => [constant.changed.id, changeLater(kind, constant)]),
    ),
  );
}

interface Read {
  readonly visit: Visit;
  readonly path: Path;
  readonly value: unknown;
}

/** Changes the value on any event but the first that has it. */
function changeLater(kind: KindPlan, constant: ConstantPlan): Breaker {
  return (reading, dice) => {
    const lives = livesIn(reading, kind.scope).filter((life) => life.kind === kind);
    const later = lives.flatMap(({ visits }) => laterReads(visits, constant));
    return firstOf(dice, later, ({ visit, path, value }) => {
      const { frame } = visit;
      if (isReadEarlier(visit, path)) return undefined;
      const data = firstOf(dice, othersThan(value, reading, frame), (other) => {
        const changed = withValue(frame.data, path, other);
        // Where even what it should be in is absent, there is no place for it.
        return valueAt(changed, path) === other && stillFits(reading, frame, changed) ? changed : undefined;
      });
      const drafts = draftsOf(reading);
      const draft = drafts[frame.event];
      if (data === undefined || draft === undefined) return undefined;
      return {
        drafts: drafts.with(frame.event, edited(draft, [{ path: frame.at, value: data }])),
        at: frame.event,
        change: `changed ${constant.name} in ${label(reading, frame.event)} to ${JSON.stringify(valueAt(data, path))}`,
      };
    });
  };
}

/** All places of the value behind the first that has one; where it is absent, it could be there, and be another one. */
function laterReads(visits: readonly Visit[], constant: ConstantPlan): readonly Read[] {
  const reads = visits.flatMap((visit) =>
    visit.part.constants.flatMap(({ of, at }) =>
      of === constant ? [{ visit, path: at.tokens, value: valueAt(visit.frame.data, at.tokens) }] : [],
    ),
  );
  const first = reads.findIndex(({ value }) => value !== undefined && value !== null && value !== "");
  return first === -1
    ? []
    : reads.slice(first + 1).map((read) => ({ ...read, value: read.value ?? reads[first]?.value }));
}

/** As a key, or as another constant, of a scope that comes earlier in the file: there it would be another fault. */
function isReadEarlier({ frame, life, part }: Visit, path: Path): boolean {
  const text = path.join("/");
  const before = frame.visits.filter((visit) => visit.life.scope.index < life.scope.index);
  const keys = frame.visits
    .filter((visit) => visit.life.scope.index <= life.scope.index && visit.keyed)
    .flatMap(({ role }) => role.key);
  const constants = before.flatMap((visit) => visit.part.constants.map(({ at }) => at));
  const first = part.constants.find(({ at }) => at.tokens.join("/") === text);
  return [...keys, ...constants].some((pointer) => pointer?.tokens.join("/") === text) || first?.at.tokens !== path;
}

/** Other values of the same type; the subtypes of the event's type are among them, since a constant may be one. */
function othersThan(value: unknown, reading: Reading, { entry }: Frame): readonly unknown[] {
  if (typeof value === "number") return [value + 7];
  if (typeof value === "boolean") return [!value];
  if (typeof value !== "string") return ["other"];
  const fresh = freshText(reading, value);
  return [fresh, ...[...entry.subtypes.keys()].filter((other) => other !== value)];
}

/** A text that no event of the stream has: the value of another instance might be the key of that. */
function freshText(reading: Reading, value: string): string {
  let fresh = `${value}-x`;
  while (reading.events.some(({ data }) => data.includes(fresh))) fresh += "x";
  return fresh;
}

/** Still the same type, and what its schemas allow. */
function stillFits(reading: Reading, frame: Frame, data: unknown): boolean {
  const line = reading.events[frame.event]?.event;
  if (
    frame.at.length === 0 &&
    typeOf(reading.protocol.plan, { event: line, data: JSON.stringify(data) })?.name !== frame.name
  )
    return false;
  const plan = planOf({ entry: frame.entry, data });
  const sameWork =
    plan.closing.length === frame.plan.closing.length &&
    plan.closing.every(({ scope }, index) => frame.plan.closing[index]?.scope === scope);
  return sameWork && !plan.checks.some((check) => check(data).length > 0);
}
