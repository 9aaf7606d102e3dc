/** Sentences of the standards, word for word, that several properties rest on. */
export const sentences = {
  lineEnds:
    "The stream must then be parsed by reading everything line by line, with a U+000D CARRIAGE RETURN U+000A LINE FEED (CRLF) character pair, a single U+000A LINE FEED (LF) character not preceded by a U+000D CARRIAGE RETURN (CR) character, and a single U+000D CARRIAGE RETURN (CR) character not followed by a U+000A LINE FEED (LF) character being the ways in which a line can end.",
  byteOrderMark: "The UTF-8 decode algorithm strips one leading UTF-8 Byte Order Mark (BOM), if any.",
  decode: "Streams must be decoded using the UTF-8 decode algorithm.",
  replacement: 'Process a queue with an instance of UTF-8\'s decoder, ioQueue, output, and "replacement".',
  value:
    "Collect the characters on the line after the first U+003A COLON character (:), and let value be that string. If value starts with a U+0020 SPACE character, remove it from value.",
  noColon:
    "Otherwise, the string is not empty but does not contain a U+003A COLON character (:): process the field using the steps described below, using the whole line as the field name, and the empty string as the field value.",
  literally: "Field names must be compared literally, with no case folding performed.",
  otherwise: "Otherwise: The field is ignored.",
  comment: "If the line starts with a U+003A COLON character (:): ignore the line.",
  data: 'If the field name is "data": append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the data buffer.',
  trailingLineFeed:
    "If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove the last character from the data buffer.",
  dataless:
    "If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and return.",
  type: 'If the field name is "event": set the event type buffer to the field value.',
  typeOf:
    "If the event type buffer has a value other than the empty string, change the type of the newly created event to equal the value of the event type buffer.",
  typeReset: "Set the data buffer and the event type buffer to the empty string.",
  id: 'If the field name is "id": if the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value. Otherwise, ignore the field.',
  idPersists:
    "The buffer does not get reset, so the last event ID string of the event source remains set to this value until the next time it is set by the server.",
  retry:
    'If the field name is "retry": if the field value consists of only ASCII digits, then interpret the field value as an integer in base ten, and set the event stream\'s reconnection time to that integer. Otherwise, ignore the field.',
  resume:
    "If the EventSource object's last event ID string is not the empty string, then: let lastEventIDValue be the EventSource object's last event ID string, encoded as UTF-8. Set (`Last-Event-ID`, lastEventIDValue) in request's header list.",
  unfinished:
    "Once the end of the file is reached, any pending data must be discarded. (If the file ends in the middle of an event, before the final empty line, the incomplete event is not dispatched.)",
  blank: "If the line is empty (a blank line): dispatch the event, as defined below.",
  inOrder: "Lines must be processed, in the order they are received.",
  buffers:
    "When a stream is parsed, a data buffer, an event type buffer, and a last event ID buffer must be associated with it. They must be initialized to the empty string.",
  buffering:
    "Since connections established to remote servers for such resources are expected to be long-lived, UAs should ensure that appropriate buffering is used. In particular, while line buffering with lines are defined to end with a single U+000A LINE FEED (LF) character is safe, block buffering or line buffering with different expected line endings can cause delays in event dispatch.",
} as const;
