import type { Protocol } from "@ssert/protocol";
import { draftsOf, edited, knownTypes, label } from "../draft.ts";
import { type Breaker, type Breakers, firstOf, range } from "../fault.ts";
import { propertyPaths, toJson, valueAt, without, withValue } from "../reading/json.ts";
import type { Frame } from "../reading/life.ts";
import type { Reading } from "../reading/read.ts";
import { planOf, typeOf } from "../reading/typing.ts";

/** One event, by itself. */
export function eventBreakers(protocol: Protocol): Breakers {
  return [
    ["event/no-type", removeType],
    ["event/not-json", cutData],
    ["event/name", otherLine],
    ["event/payload", breakPayload],
    ["event/unknown-type", insertUnknown(protocol)],
  ];
}

/** Events that the stream's scope takes: what has no type is not known to be allowed behind the end. */
function insideStream(reading: Reading): readonly number[] {
  return range(0, Math.min(reading.end, reading.events.length - 1));
}

const removeType: Breaker = (reading, dice) =>
  firstOf(dice, insideStream(reading), (index) => {
    const drafts = draftsOf(reading);
    const draft = drafts[index];
    const frame = reading.frames[index]?.[0];
    // A literal is known by its whole text.
    if (draft === undefined || frame?.data === undefined) return undefined;
    let { event } = draft;
    let data: unknown = frame.data;
    for (const candidate of reading.protocol.plan.candidates) {
      if (candidate.by === "event") event = undefined;
      else if (candidate.by === "pointer") data = without(data, candidate.pointer.tokens);
      else if (candidate.by === "key") data = without(data, candidate.has.tokens);
    }
    const changed = { ...draft, event, data: data === frame.data ? draft.data : toJson(data) };
    if (typeOf(reading.protocol.plan, changed) !== undefined) return undefined;
    return { drafts: drafts.with(index, changed), at: index, change: `took the type from ${label(reading, index)}` };
  });

const cutData: Breaker = (reading, dice) =>
  firstOf(dice, insideStream(reading), (index) => {
    const drafts = draftsOf(reading);
    const draft = drafts[index];
    if (draft === undefined || draft.data === "") return undefined;
    const changed = { ...draft, data: draft.data.slice(0, -1) };
    // Of a number a digit less is still a number.
    if (isJson(changed.data)) return undefined;
    return {
      drafts: drafts.with(index, changed),
      at: index,
      change: `cut the last character of the data of ${label(reading, index)}`,
    };
  });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const otherLine: Breaker = (reading, dice) =>
  firstOf(dice, range(0, reading.events.length - 1), (index) => {
    const drafts = draftsOf(reading);
    const draft = drafts[index];
    const name = reading.frames[index]?.[0]?.name;
    if (draft === undefined || name === undefined) return undefined;
    const others = [...knownTypes(reading.protocol), "x.unknown"].filter((other) => other !== name);
    const changed = { ...draft, event: dice.pick(others) };
    // Where the line is the type, another line is another event.
    if (typeOf(reading.protocol.plan, changed)?.name !== name) return undefined;
    return {
      drafts: drafts.with(index, changed),
      at: index,
      change: `gave ${label(reading, index)} the line "event: ${changed.event}"`,
    };
  });

/** Values of types that a schema may not allow. */
const WRONG: readonly unknown[] = [[1], 5, "wrong", null, true, {}];

const breakPayload: Breaker = (reading, dice) =>
  firstOf(dice, reading.frames.flat(), (frame) =>
    firstOf(dice, propertyPaths(frame.data), (path) => {
      const wrong = [without(frame.data, path), ...WRONG.map((value) => withValue(frame.data, path, value))];
      const data = firstOf(dice, wrong, (data) => (isWrong(reading, frame, data) ? data : undefined));
      if (data === undefined) return undefined;
      const drafts = draftsOf(reading);
      const draft = drafts[frame.event];
      if (draft === undefined) return undefined;
      const pointer = `/${[...frame.at, ...path].join("/")}`;
      const value = valueAt(data, path);
      const what = value === undefined ? `dropped ${pointer} of` : `made ${pointer} ${JSON.stringify(value)} in`;
      return {
        drafts: drafts.with(frame.event, edited(draft, [{ path: frame.at, value: data }])),
        at: frame.event,
        change: `${what} ${label(reading, frame.event)}`,
      };
    }),
  );

/** Of the same type, and not what its schemas allow, nor with a key for a scope that it names. */
function isWrong(reading: Reading, frame: Frame, data: unknown): boolean {
  const { at, entry, name } = frame;
  const line = reading.events[frame.event]?.event;
  if (at.length === 0 && typeOf(reading.protocol.plan, { event: line, data: JSON.stringify(data) })?.name !== name)
    return false;
  const plan = planOf({ entry, data });
  return plan.checks.some((check) => check(data).length > 0);
}

function insertUnknown(protocol: Protocol): Breaker {
  const { candidates } = protocol.plan;
  return (reading, dice) => {
    const name = "x.unknown";
    let data: unknown = {};
    for (const candidate of candidates) {
      if (candidate.by !== "pointer") continue;
      data = candidate.pointer.tokens.reduceRight<unknown>((inside, token) => ({ [token]: inside }), name);
      break;
    }
    const byLine = candidates.some(({ by }) => by === "event");
    const line = byLine || protocol.plan.name === "required" ? name : undefined;
    const draft = { event: line, data: JSON.stringify(data), from: undefined };
    // Before the stream has begun, or when it has ended, it would be a fault of its order.
    const positions = range(1, Math.min(reading.end, reading.events.length));
    if (typeOf(protocol.plan, draft)?.name !== name || positions.length === 0) return undefined;
    const at = dice.pick(positions);
    return {
      drafts: draftsOf(reading).toSpliced(at, 0, draft),
      at,
      change: `put an event "${name}" before event ${at + 1}`,
    };
  };
}
