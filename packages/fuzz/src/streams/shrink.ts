import type { Protocol } from "@ssert/protocol";
import { onOneLine } from "./json-text.ts";
import { plainerValues } from "./plainer.ts";
import { retrace } from "./retrace.ts";
import type { SampleEvent, SampleStream } from "./sample.ts";

/** How far a stream has been made smaller: what has been tried in vain is not tried again. */
export interface Progress {
  /** Events are taken out; then each gets a plainer payload. */
  readonly stage: "events" | "data";
  /** Of which event the payload is made plainer. */
  readonly at: number;
}

export const BEGINNING: Progress = { stage: "events", at: 0 };

export interface Smaller {
  readonly stream: SampleStream;
  readonly progress: Progress;
}

/**
 * Smaller neighbours of a stream, the boldest first: without some of what was opened in it, without a run of events, with a
 * plainer payload. What repeats or counts other events follows them. Whether they are valid is for the caller to check.
 */
export function* smallerSamples(
  protocol: Protocol,
  { events }: SampleStream,
  { stage, at }: Progress = BEGINNING,
): Generator<Smaller> {
  if (stage === "events") {
    for (const fewer of fewerEvents(protocol, events)) {
      const retraced = retrace(protocol, fewer);
      if (retraced !== undefined) yield { stream: { events: retraced.events }, progress: BEGINNING };
    }
  }
  const weight = weightOf(events);
  for (let index = at; index < events.length; index += 1) {
    for (const data of plainerTexts(events[index]?.data ?? "")) {
      const retraced = retrace(
        protocol,
        events.map((event, other) => (other === index ? { ...event, data } : event)),
      );
      // What repeats another event may have been written back: then nothing has become smaller.
      if (retraced !== undefined && weightOf(retraced.events) < weight) {
        yield { stream: { events: retraced.events }, progress: { stage: "data", at: index } };
      }
    }
  }
}

function weightOf(events: readonly SampleEvent[]): number {
  return events.reduce((sum, { data }) => sum + data.length, 0);
}

function* fewerEvents(protocol: Protocol, events: readonly SampleEvent[]): Generator<readonly SampleEvent[]> {
  const groups = groupsOf(protocol, events);
  for (let size = groups.length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < groups.length; start += size) {
      const out = new Set(groups.slice(start, start + size).flatMap((group) => [...group]));
      yield events.filter((_, index) => !out.has(index));
    }
  }
  for (let size = events.length >> 1; size >= 1; size = size > 4 ? size >> 1 : size - 1) {
    for (let start = 0; start + size <= events.length; start += 1) {
      yield [...events.slice(0, start), ...events.slice(start + size)];
    }
  }
}

/** Events that hang together because they are about the same instances: they can only go together. */
function groupsOf(protocol: Protocol, events: readonly SampleEvent[]): readonly ReadonlySet<number>[] {
  const groups: { readonly events: Set<number>; readonly instances: Set<unknown> }[] = [];
  for (const [index, about] of (retrace(protocol, events)?.about ?? []).entries()) {
    if (about.size === 0) continue;
    const joined = { events: new Set([index]), instances: new Set<unknown>(about) };
    for (const group of groups.filter(({ instances }) => [...about].some((instance) => instances.has(instance)))) {
      for (const event of group.events) joined.events.add(event);
      for (const instance of group.instances) joined.instances.add(instance);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push(joined);
  }
  return groups.map((group) => group.events);
}

function* plainerTexts(data: string): Generator<string> {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return; // a sentinel
  }
  const plain = onOneLine(JSON.stringify(value));
  if (plain.length < data.length) yield plain;
  for (const smaller of plainerValues(value)) {
    const text = onOneLine(JSON.stringify(smaller));
    if (text.length < data.length) yield text;
  }
}
