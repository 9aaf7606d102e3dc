import { readLines } from "./lines.ts";
import { utf8Decode } from "./utf8.ts";

/** An event that the standard dispatches. */
export interface OracleEvent {
  /** `message` where the stream gives none, or an empty one. */
  readonly type: string;
  readonly data: string;
  /** The event source's last event ID string when it was dispatched; empty where there is none. */
  readonly lastEventId: string;
  /** How many bytes must have arrived for the event to be dispatched: up to the end of its blank line. */
  readonly dispatchedAt: number;
  /** Not of the standard: the block's own id and retry, for parsers that show those. */
  readonly own: { readonly id: string | undefined; readonly retry: number | undefined };
}

/** What the standard makes of a whole stream. */
export interface Interpretation {
  readonly events: readonly OracleEvent[];
  /** Every value that the reconnection time was set to, in milliseconds, in order. */
  readonly reconnectionTimes: readonly number[];
  /** The last event ID string when the stream ended: what a client sends as `Last-Event-ID` when it connects again. */
  readonly lastEventId: string;
}

/** "9.2.6 Interpreting an event stream" of the HTML standard, literally and slowly, over all bytes of a stream. */
export function interpretEventStream(bytes: Uint8Array): Interpretation {
  const events: OracleEvent[] = [];
  const reconnectionTimes: number[] = [];

  // "When a stream is parsed, a data buffer, an event type buffer, and a last event ID buffer must be associated with it.
  // They must be initialized to the empty string."
  let dataBuffer = "";
  let eventTypeBuffer = "";
  let lastEventIdBuffer = "";
  let lastEventIdString = "";
  let own: { id: string | undefined; retry: number | undefined } = { id: undefined, retry: undefined };

  const dispatchTheEvent = (dispatchedAt: number): void => {
    const blockOwn = own;
    own = { id: undefined, retry: undefined };
    // 1. Set the last event ID string of the event source to the value of the last event ID buffer. The buffer does not get
    // reset, so the last event ID string of the event source remains set to this value until the next time it is set.
    lastEventIdString = lastEventIdBuffer;
    // 2. If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and return.
    if (dataBuffer === "") {
      eventTypeBuffer = "";
      return;
    }
    // 3. If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove the last character from it.
    if (dataBuffer.endsWith("\n")) dataBuffer = dataBuffer.slice(0, -1);
    // 4. Let event be the result of creating an event. 5. Initialize event's type attribute to "message", its data attribute
    // to data buffer, and its lastEventId attribute to the last event ID string of the event source.
    let type = "message";
    // 6. If the event type buffer has a value other than the empty string, change the type of the newly created event to
    // equal the value of the event type buffer.
    if (eventTypeBuffer !== "") type = eventTypeBuffer;
    events.push({ type, data: dataBuffer, lastEventId: lastEventIdString, dispatchedAt, own: blockOwn });
    // 7. Set the data buffer and the event type buffer to the empty string.
    dataBuffer = "";
    eventTypeBuffer = "";
  };

  /** "Field names must be compared literally, with no case folding performed." */
  const processTheField = (name: string, value: string): void => {
    switch (name) {
      case "event":
        // Set the event type buffer to the field value.
        eventTypeBuffer = value;
        break;
      case "data":
        // Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to it.
        dataBuffer += value;
        dataBuffer += "\n";
        break;
      case "id":
        // If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value. Otherwise,
        // ignore the field.
        if (!value.includes("\0")) {
          lastEventIdBuffer = value;
          own.id = value;
        }
        break;
      case "retry":
        // If the field value consists of only ASCII digits, then interpret the field value as an integer in base ten, and set
        // the event stream's reconnection time to that integer. Otherwise, ignore the field.
        if (/^[0-9]+$/.test(value)) {
          reconnectionTimes.push(Number(value));
          own.retry = Number(value);
        }
        break;
      default:
      // Otherwise: the field is ignored.
    }
  };

  // "Streams must be decoded using the UTF-8 decode algorithm. … Lines must be processed, in the order they are received:"
  for (const line of readLines(utf8Decode(bytes))) {
    const colon = line.text.indexOf(":");
    if (line.text === "") {
      // If the line is empty (a blank line): dispatch the event.
      dispatchTheEvent(line.ended);
    } else if (colon === 0) {
      // If the line starts with a U+003A COLON character (:): ignore the line.
    } else if (colon > 0) {
      // If the line contains a U+003A COLON character (:): collect the characters before the first one, and let field be that
      // string. Collect the characters after it, and let value be that string. If value starts with a U+0020 SPACE
      // character, remove it from value.
      let value = line.text.slice(colon + 1);
      if (value.startsWith(" ")) value = value.slice(1);
      processTheField(line.text.slice(0, colon), value);
    } else {
      // Otherwise: process the field using the whole line as the field name, and the empty string as the field value.
      processTheField(line.text, "");
    }
  }
  // "Once the end of the file is reached, any pending data must be discarded. (If the file ends in the middle of an event,
  // before the final empty line, the incomplete event is not dispatched.)"
  return { events, reconnectionTimes, lastEventId: lastEventIdString };
}
