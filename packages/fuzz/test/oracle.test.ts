import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interpretEventStream } from "../src/oracle/interpret.ts";
import { utf8Decode } from "../src/oracle/utf8.ts";

const interpret = (text: string) => interpretEventStream(Buffer.from(text));
const events = (text: string) =>
  interpret(text).events.map(({ type, data, lastEventId }) => ({ type, data, lastEventId }));
const message = (data: string, lastEventId = "") => ({ type: "message", data, lastEventId });

describe("the standard's own examples", () => {
  it("joins three data lines into one event", () => {
    expect(events("data: YHOO\ndata: +2\ndata: 10\n\n")).toEqual([message("YHOO\n+2\n10")]);
  });

  it("reads four blocks: a comment, an id, an id that resets, and a value with a second space", () => {
    const stream = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
    expect(events(stream)).toEqual([message("first event", "1"), message("second event"), message(" third event")]);
  });

  it("dispatches an empty event, one with a line end, and discards the last block without its blank line", () => {
    expect(events("data\n\ndata\ndata\n\ndata:")).toEqual([message(""), message("\n")]);
  });

  it("reads two identical events, as the space after the colon is ignored", () => {
    expect(events("data:test\n\ndata: test\n\n")).toEqual([message("test"), message("test")]);
  });
});

describe("interpreting an event stream", () => {
  it.each([
    ["CRLF, CR and LF in any mixture", "data: a\r\n\rdata: b\n\r\n", [message("a"), message("b")]],
    ["one CRLF is one line end", "data: a\r\n\ndata: b\r\n\r\n", [message("a"), message("b")]],
    ["a byte order mark at the start", "\ufeffdata: a\n\n", [message("a")]],
    ["a second byte order mark, which belongs to the field name", "\ufeff\ufeffdata: a\n\n", []],
    ["a NUL in an id, which is ignored", "id: 1\nid: 2\0\ndata: a\n\n", [message("a", "1")]],
    ["an id without data, which counts for what follows", "id: 1\n\ndata: a\n\n", [message("a", "1")]],
    ["a field name in capitals, which is ignored", "Data: a\ndata: b\n\n", [message("b")]],
    ["a separator that ends no line", "data: a\u2028b\n\n", [message("a\u2028b")]],
    ["an unfinished end", "data: a\n\ndata: b\n", [message("a")]],
  ])("%s", (_, stream, expected) => {
    expect(events(stream)).toEqual(expected);
  });

  it("forgets the type of a block, with data or without", () => {
    expect(events("event: a\n\ndata: 1\n\nevent: b\ndata: 2\n\ndata: 3\n\n").map(({ type }) => type)).toEqual([
      "message",
      "b",
      "message",
    ]);
  });

  it("sets the reconnection time from ASCII digits only", () => {
    expect(interpret("retry: 010\nretry: 1e3\nretry: -1\nretry: 20\n").reconnectionTimes).toEqual([10, 20]);
  });

  it("keeps the last event ID string from an unfinished block", () => {
    expect(interpret("id: 1\n\nid: 2\n").lastEventId).toBe("1");
  });

  it("says at which byte each event is due: the first byte of the line end of its blank line", () => {
    expect(interpret("data: é\n\ndata: 2\r\n\r\n").events.map(({ dispatchedAt }) => dispatchedAt)).toEqual([10, 20]);
  });

  it("tells a block's own id and retry from those that persist", () => {
    expect(interpret("id: 1\nretry: 5\ndata: 1\n\ndata: 2\n\n").events.map(({ own }) => own)).toEqual([
      { id: "1", retry: 5 },
      { id: undefined, retry: undefined },
    ]);
  });
});

describe("UTF-8 decode", () => {
  const decode = (bytes: Uint8Array) => String.fromCodePoint(...utf8Decode(bytes).scalarValues);

  // Bytes at which the decoder branches, so that ill-formed sequences are the rule.
  const edges = [0x00, 0x0a, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbb, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef];
  const byte = fc.oneof(fc.constantFrom(...edges, 0xf0, 0xf4, 0xf5, 0xff), fc.nat(255));

  it("agrees with the platform's decoder on whole inputs", () => {
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
        const input = Uint8Array.from(bytes);
        expect(decode(input)).toBe(new TextDecoder().decode(input));
      }),
      { numRuns: 3000 },
    );
  });

  it("takes one byte order mark away, and no second", () => {
    expect(decode(Buffer.from("\ufeff\ufeffa"))).toBe("\ufeffa");
  });

  it("knows each character with its last byte, and a broken one with the byte that breaks it", () => {
    expect(utf8Decode(Uint8Array.of(0x41, 0xc3, 0xa9, 0xe2, 0x82, 0x41)).readWhenKnown).toEqual([1, 3, 6, 6]);
  });
});
