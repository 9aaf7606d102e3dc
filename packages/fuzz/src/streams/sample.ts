import { createDecoder, encodeEvent } from "@ssert/wire";

/** One event of a stream, before it has been framed. */
export interface SampleEvent {
  /** Text of the `event:` line; undefined without one. */
  readonly event: string | undefined;
  /** Text of the data; LF separates `data:` lines. */
  readonly data: string;
}

/** The events of one stream. */
export interface SampleStream {
  readonly events: readonly SampleEvent[];
}

/** How events are written as bytes, where the HTML standard leaves a choice. */
export interface Framing {
  /** LF when absent. */
  readonly lineEnd?: "\n" | "\r\n" | "\r" | undefined;
  /** A byte order mark before everything else. */
  readonly bom?: boolean | undefined;
  /** By number of the event: texts that stand as comments in blocks of their own before it; those at the end come last. */
  readonly comments?: ReadonlyMap<number, string> | undefined;
}

/**
 * The bytes of a stream. Throws a WireError for what no event stream can carry: CR in data, half of a surrogate pair outside a
 * JSON escape.
 */
export function encodeSample(events: readonly SampleEvent[], framing: Framing = {}): Uint8Array {
  const { lineEnd = "\n", bom = false, comments } = framing;
  let text = "";
  for (const [index, { event, data }] of events.entries()) {
    text += commentBlock(comments?.get(index)) + encodeEvent({ type: event, data });
  }
  text += commentBlock(comments?.get(events.length));
  if (lineEnd !== "\n") text = text.replaceAll("\n", lineEnd);
  return new TextEncoder().encode(bom ? `\uFEFF${text}` : text);
}

function commentBlock(comment: string | undefined): string {
  return comment === undefined ? "" : encodeEvent({ comment });
}

/**
 * The events of some bytes, as the HTML standard reads them: a recording as a sample. What is never dispatched (an event
 * without its blank line) is not among them, and ids and times to reconnect are left out.
 */
export function readSample(bytes: Uint8Array): SampleStream {
  const events: SampleEvent[] = [];
  const decoder = createDecoder({ event: ({ type, data }) => events.push({ event: type, data }) });
  decoder.push(bytes);
  decoder.end();
  return { events };
}
