import { whyNotJudged } from "@ssert/validate";
import { createDecoder, type WireEvent } from "@ssert/wire";
import { MatcherError } from "./error.ts";
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
  if (!Array.isArray(expected)) {
    throw new MatcherError("bad-argument", 'toDecodeTo() takes a list of events, such as [{ type: "done", data: {} }]');
  }
  const received = receive(value);
  const events = await decode(received);
  const actual = events.map((event, index) => shown(event, expected[index], equals));
  const wanted = expected.map(asDispatched);
  const pass = equals(actual, wanted);
  const message = (): string => {
    if (pass) return `expected the stream not to decode to these ${counted(events.length)}`;
    const first = actual.findIndex((event, index) => !equals(event, wanted[index]));
    const place = first < 0 ? Math.min(actual.length, wanted.length) : first;
    const amounts = `${counted(wanted.length)}, got ${actual.length === wanted.length ? "as many" : counted(actual.length)}`;
    return `expected the stream to decode to ${amounts}; they differ from event ${place + 1} on${otherwise(received)}`;
  };
  return { pass, message, actual, expected: wanted };
}

/** As the event would be dispatched; an asymmetric matcher that stands for a whole event stays as it is. */
function asDispatched(event: ExpectedEvent): unknown {
  if ("asymmetricMatch" in event) return event;
  const { type = "message", data, id } = event;
  return { type, data, ...(id !== undefined && { id }) };
}

/** An error page decodes to nothing: what it is says more. */
function otherwise(received: Received): string {
  const reason = received.kind === "response" ? whyNotJudged(received.response, false) : undefined;
  return reason === undefined ? "" : `; ${reason}`;
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
  const as = (shownData: unknown): object => ({ type, data: shownData, ...(id !== undefined && { id }) });
  if (expected === undefined) return as(data);
  if ("asymmetricMatch" in expected) return equals(as(data), expected) ? as(data) : as(parsed(data));
  const asText = typeof expected.data === "string" || equals(data, expected.data);
  return as(asText ? data : parsed(data));
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
