import type { SampleEvent, SampleStream } from "./sample.ts";

/**
 * Smaller neighbours of a stream, the boldest first: without a run of events, and last with a plainer payload. Whether they are
 * valid is for the caller to check.
 */
export function* smallerSamples({ events }: SampleStream): Generator<SampleStream> {
  for (let size = events.length - 1; size >= 1; size -= 1) {
    for (let start = 0; start + size <= events.length; start += 1) {
      yield { events: [...events.slice(0, start), ...events.slice(start + size)] };
    }
  }
  for (const [index, event] of events.entries()) {
    for (const data of smallerTexts(event.data)) yield { events: events.with(index, { ...event, data }) };
  }
}

function* smallerTexts(data: string): Generator<SampleEvent["data"]> {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return;
  }
  for (const smaller of smallerValues(value)) {
    const text = JSON.stringify(smaller);
    if (text.length < data.length) yield text;
  }
}

function* smallerValues(value: unknown): Generator<unknown> {
  if (typeof value === "string") {
    if (value.length > 0) yield "";
    if (value.length > 1) yield value.slice(0, value.length >> 1);
  } else if (typeof value === "number") {
    if (value !== 0) yield 0;
  } else if (Array.isArray(value)) {
    if (value.length > 0) yield [];
    for (const [index, item] of value.entries()) {
      yield value.toSpliced(index, 1);
      for (const smaller of smallerValues(item)) yield value.with(index, smaller);
    }
  } else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    for (const [index, [key, item]] of entries.entries()) {
      yield Object.fromEntries(entries.toSpliced(index, 1));
      for (const smaller of smallerValues(item)) yield Object.fromEntries(entries.with(index, [key, smaller]));
    }
  }
}
