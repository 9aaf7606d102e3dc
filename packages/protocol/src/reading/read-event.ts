import type { WireEvent } from "@ssert/wire";
import type { Protocol } from "../compile/compile.ts";
import { valueAt } from "../compile/place.ts";
import type { PartPlan } from "../compile/plan.ts";
import { Typing } from "../monitor/event/typing.ts";
import { Frame } from "../monitor/frame.ts";

/** What an event, or a part of one, is called and says. */
export interface EventReading {
  /** `type`, or `type[subtype]` where the protocol tells subtypes apart; undefined where no type can be read. */
  readonly label: string | undefined;
  /** The data as parsed; undefined for a literal (a sentinel) and for what is not JSON. */
  readonly data: unknown;
  /** JSON Pointer into the data of the whole event; "" for the event itself. */
  readonly path: string;
  /** Events that the data carries, in the protocol's order. */
  readonly parts: readonly EventReading[];
}

/**
 * Reads events as the monitor does, each by itself and without judging: for those who count, compare or draw them. One
 * reader serves one stream after another.
 */
export function createEventReader(protocol: Protocol): (event: WireEvent) => EventReading {
  const { plan } = protocol;
  const typing = new Typing(plan);
  const frames: Frame[] = [];
  for (let level = 0; level < plan.depth; level += 1) frames.push(new Frame(typing.entry, 0, frames[level - 1]));

  function partsOf(level: number): readonly EventReading[] {
    const frame = frames[level];
    const below = frames[level + 1];
    if (frame === undefined || below === undefined) return [];
    const { data, plan } = frame;
    return plan.parts.flatMap((part) => {
      const value = valueAt(data, part.pointer);
      if (typeof value !== "object" || value === null) return [];
      if (!Array.isArray(value)) return [readPart(below, part, value, undefined, level + 1)];
      return value.map((item, index) => readPart(below, part, item, index, level + 1));
    });
  }

  function readPart(
    frame: Frame,
    part: PartPlan,
    data: unknown,
    index: number | undefined,
    level: number,
  ): EventReading {
    frame.part = part;
    frame.index = index;
    frame.becomePart(part.name, part.entry(), data);
    const { label } = frame;
    const path = frame.path("");
    return { label, data, path, parts: partsOf(level) };
  }

  return (event) => {
    typing.read(event);
    const [frame] = frames;
    if (frame === undefined || typing.name === undefined) {
      const { value } = typing.data;
      return { label: undefined, data: value, path: "", parts: [] };
    }
    frame.becomeEvent(typing.name, typing.entry, typing.data);
    const { label, data } = frame;
    return { label, data, path: "", parts: partsOf(0) };
  };
}
