import { createDecoder, type WireEvent } from "@ssert/wire";
import { type Received, receive } from "./event-stream.ts";

/** An event as a test writes it. Any part may be one of Vitest's asymmetric matchers. */
export interface ExpectedEvent {
  /** The event type; left out: `message`, as the HTML standard dispatches a block without `event:`. */
  readonly type?: unknown;
  /** Text is compared with the data as it is, anything else with what the data says as JSON. */
  readonly data: unknown;
  /** The `id` of the event's own block; left out: it has none. */
  readonly id?: unknown;
}

/** What a matcher tells Vitest, which prints the difference of `actual` and `expected`. */
interface Comparison {
  readonly pass: boolean;
  readonly message: () => string;
  readonly actual: unknown;
  readonly expected: unknown;
}

type Equals = (actual: unknown, expected: unknown) => boolean;

/**
 * Does a stream decode to these events, and no others? Decoding is that of the HTML standard, whatever the chunks: an event
 * without its blank line is not dispatched.
 */
export async function toDecodeTo(
  value: unknown,
  expected: readonly ExpectedEvent[],
  equals: Equals,
): Promise<Comparison> {
  const events = await decode(receive(value));
  const actual = events.map((event, index) => shown(event, expected[index], equals));
  const wanted = expected.map(({ type = "message", data, id }) => ({ type, data, ...(id !== undefined && { id }) }));
  const pass = equals(actual, wanted);
  const message = (): string => {
    if (pass) return `expected the stream not to decode to these ${counted(events.length)}`;
    const first = actual.findIndex((event, index) => !equals(event, wanted[index]));
    const place = first < 0 ? Math.min(actual.length, wanted.length) : first;
    const amounts = `${counted(wanted.length)}, got ${actual.length === wanted.length ? "as many" : counted(actual.length)}`;
    return `expected the stream to decode to ${amounts}; they differ from event ${place + 1} on`;
  };
  return { pass, message, actual, expected: wanted };
}

function counted(events: number): string {
  return events === 1 ? "1 event" : `${events} events`;
}

async function decode(received: Received): Promise<readonly WireEvent[]> {
  const events: WireEvent[] = [];
  const decoder = createDecoder({ event: (event) => events.push(event) });
  for await (const chunk of chunksOf(received)) decoder.push(chunk);
  decoder.end();
  return events;
}

async function* chunksOf(received: Received): AsyncIterable<Uint8Array> {
  if (received.kind !== "tape") yield* received.chunks;
  else for await (const { bytes } of received.tape.chunks()) yield bytes;
}

/** An event in the form in which the test expects it: its data as text where text is expected, else as JSON where it is any. */
function shown({ type = "message", data, id }: WireEvent, expected: ExpectedEvent | undefined, equals: Equals): object {
  const asText = expected === undefined || typeof expected.data === "string" || equals(data, expected.data);
  return { type, data: asText ? data : parsed(data), ...(id !== undefined && { id }) };
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
