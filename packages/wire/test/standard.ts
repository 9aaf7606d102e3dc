/**
 * "9.2.5 Parsing an event stream" and "9.2.6 Interpreting an event stream" of the HTML standard, word for word: slow, over
 * the whole stream, and without anything of the package. https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
interface StandardEvent {
  type: string;
  data: string;
  /** The value of the last event ID buffer at the dispatch. */
  lastEventId: string;
}

export interface StandardReading {
  events: StandardEvent[];
  reconnectionTimes: number[];
}

export function readByTheStandard(stream: Uint8Array): StandardReading {
  // "Streams must be decoded using the UTF-8 decode algorithm." That one strips one leading U+FEFF BYTE ORDER MARK.
  const text = new TextDecoder("utf-8").decode(stream);
  const events: StandardEvent[] = [];
  const reconnectionTimes: number[] = [];
  let dataBuffer = "";
  let eventTypeBuffer = "";
  let lastEventIdBuffer = "";

  // "... with a U+000D CARRIAGE RETURN U+000A LINE FEED (CRLF) character pair, a single U+000A LINE FEED (LF) character not
  // preceded by a U+000D CARRIAGE RETURN (CR) character, and a single U+000D CARRIAGE RETURN (CR) character not followed by
  // a U+000A LINE FEED (LF) character being the ways in which a line can end." What follows the last end is no line.
  for (const line of text.split(/\r\n|\n|\r/).slice(0, -1)) {
    // "If the line is empty (a blank line): Dispatch the event, as defined below."
    if (line === "") {
      dispatchTheEvent();
      // "If the line starts with a U+003A COLON character (:): Ignore the line."
    } else if (line.startsWith(":")) {
      // "If the line contains a U+003A COLON character (:): Collect the characters on the line before the first U+003A COLON
      // character (:), and let field be that string. Collect the characters on the line after the first U+003A COLON
      // character (:), and let value be that string. If value starts with a U+0020 SPACE character, remove it from value."
    } else if (line.includes(":")) {
      const field = line.slice(0, line.indexOf(":"));
      const value = line.slice(line.indexOf(":") + 1);
      processTheField(field, value.startsWith(" ") ? value.slice(1) : value);
      // "Otherwise: ... using the whole line as the field name, and the empty string as the field value."
    } else {
      processTheField(line, "");
    }
  }
  // "Once the end of the file is reached, any pending data must be discarded."
  return { events, reconnectionTimes };

  function processTheField(field: string, value: string): void {
    // "If the field name is "event": Set the event type buffer to field value."
    if (field === "event") eventTypeBuffer = value;
    // "... "data": Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the
    // data buffer."
    else if (field === "data") dataBuffer += `${value}\n`;
    // "... "id": If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value.
    // Otherwise, ignore the field."
    else if (field === "id") {
      if (!value.includes("\0")) lastEventIdBuffer = value;
    }
    // "... "retry": If the field value consists of only ASCII digits, then interpret the field value as an integer in base
    // ten, and set the event stream's reconnection time to that integer. Otherwise, ignore the field."
    else if (field === "retry") {
      if (/^[0-9]+$/.test(value)) reconnectionTimes.push(Number.parseInt(value, 10));
    }
    // "Otherwise: The field is ignored."
  }

  function dispatchTheEvent(): void {
    // "1. Set the last event ID string of the event source to the value of the last event ID buffer."
    // "2. If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and
    // return."
    if (dataBuffer === "") {
      eventTypeBuffer = "";
      return;
    }
    // "3. If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove the last character from the
    // data buffer."
    if (dataBuffer.endsWith("\n")) dataBuffer = dataBuffer.slice(0, -1);
    // "4. ... type attribute ... "message" ... 5. If the event type buffer has a value other than the empty string, change
    // the type of the newly created event to equal the value of the event type buffer."
    const type = eventTypeBuffer === "" ? "message" : eventTypeBuffer;
    events.push({ type, data: dataBuffer, lastEventId: lastEventIdBuffer });
    // "6. Set the data buffer and the event type buffer to the empty string."
    dataBuffer = "";
    eventTypeBuffer = "";
  }
}
