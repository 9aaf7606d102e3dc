import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EventToEncode, encodeEvent, WireError } from "../src/index.ts";
import { listen } from "./listen.ts";

const TEXT = fc.string({
  unit: fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    fc.constantFrom(" ", "\uFEFF", ":", "\u2028", "\t"),
  ),
});
const ONE_LINE = TEXT.filter((text) => !/[\r\n\0]/.test(text));
const LINES = fc.array(ONE_LINE, { minLength: 1, maxLength: 4 }).map((lines) => lines.join("\n"));

const EVENT = fc.record(
  { type: ONE_LINE, data: LINES, id: ONE_LINE, retry: fc.maxSafeNat(), comment: LINES },
  { requiredKeys: ["data"] },
);

describe("encoding", () => {
  test("is undone by decoding", () => {
    fc.assert(
      fc.property(fc.array(EVENT), (events) => {
        const heard = listen(events.map(encodeEvent).join(""));
        expect(heard.events.map(({ type, data, id }) => ({ type, data, id }))).toEqual(
          events.map(({ type, data, id }) => ({ type: type === "" ? undefined : type, data, id })),
        );
        expect(heard.retries).toEqual(events.flatMap(({ retry }) => retry ?? []));
        expect(heard.comments).toEqual(events.flatMap(({ comment }) => comment?.split("\n") ?? []));
      }),
      { numRuns: 1000 },
    );
  });

  test("writes the form that Pokee promises: event, data, blank line", () => {
    expect(encodeEvent({ type: "text.delta", data: '{"content":"hi"}' })).toBe(
      'event: text.delta\ndata: {"content":"hi"}\n\n',
    );
  });

  test("writes every field, the data last, each line of it in its own field", () => {
    expect(encodeEvent({ comment: "a\nb", type: "t", id: "7", retry: 10, data: "1\n2\n" })).toBe(
      ": a\n: b\nevent: t\nid: 7\nretry: 10\ndata: 1\ndata: 2\ndata: \n\n",
    );
  });

  test("tells empty data from none", () => {
    expect(listen(encodeEvent({ data: "" })).events.map(({ data }) => data)).toEqual([""]);
    expect(listen(encodeEvent({ type: "a" })).events).toEqual([]);
    expect(encodeEvent({})).toBe("\n");
  });

  test.each<[string, EventToEncode]>([
    ["a CR in data", { data: "a\rid: 1" }],
    ["a CRLF in data", { data: "a\r\n" }],
    ["an LF in a type", { type: "a\ndata: injected", data: "" }],
    ["a CR in a type", { type: "a\r", data: "" }],
    ["an LF in an id", { id: "1\n\n" }],
    ["a CR in an id", { id: "\r1" }],
    ["U+0000 in an id", { id: "1\0" }],
    ["a CR in a comment", { comment: "a\rdata: injected" }],
  ])("refuses %s", (_, event) => {
    expect(() => encodeEvent(event)).toThrow(expect.objectContaining({ code: "field-injection" }));
  });

  test("says which value, where and what is wrong with it", () => {
    expect(() => encodeEvent({ data: "ab\rc" })).toThrow(/^data holds U\+000D at index 2, .*; remove it or escape it/);
  });

  test("refuses what no stream can carry", () => {
    expect(() => encodeEvent({ data: "\uD800" })).toThrow(expect.objectContaining({ code: "lone-surrogate" }));
    for (const retry of [-1, 1.5, Number.NaN, 2 ** 60]) {
      expect(() => encodeEvent({ retry })).toThrow(expect.objectContaining({ code: "bad-retry" }));
    }
  });

  test("never lets a value come out as anything but itself", () => {
    const wild = fc.string({ unit: fc.constantFrom("\r", "\n", "\0", "data: ", "id: ", ":", " ", "x") });
    fc.assert(
      fc.property(fc.record({ type: wild, data: wild, id: wild, comment: wild }), (event) => {
        let text: string;
        try {
          text = encodeEvent(event);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
          return;
        }
        const heard = listen(text);
        expect(heard.events).toMatchObject([
          { type: event.type === "" ? undefined : event.type, data: event.data, id: event.id },
        ]);
      }),
      { numRuns: 2000 },
    );
  });
});
