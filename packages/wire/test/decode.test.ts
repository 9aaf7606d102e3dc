import { describe, expect, test } from "vitest";
import { createDecoder, WireError } from "../src/index.ts";
import { bytesOf, listen, pairs, stream } from "./listen.ts";

const ENDS = [
  ["LF", "\n"],
  ["CRLF", "\r\n"],
  ["CR", "\r"],
] as const;

describe("lines", () => {
  test.each(ENDS)("end with %s", (_, end) => {
    const text = "event: a\ndata: 1\ndata: 2\n\ndata: 3\n\n".replaceAll("\n", end);
    expect(pairs(listen(text))).toEqual([
      ["a", "1\n2"],
      [undefined, "3"],
    ]);
  });

  test("end differently in one stream", () => {
    expect(pairs(listen("data: 1\r\r\ndata: 2\n\r\ndata: 3\r\n\ndata: 4\n\rdata: 5\r\n\rdata: 6\n\n"))).toEqual(
      ["1", "2", "3", "4", "5", "6"].map((data) => [undefined, data]),
    );
  });

  test("a CR ends a blank line before the LF that belongs to it is there", () => {
    const seen: string[] = [];
    const decoder = createDecoder({ event: ({ data }) => seen.push(data) });
    decoder.push(bytesOf("data: 1\r\n\r"));
    expect(seen).toEqual(["1"]);
    decoder.push(bytesOf(""));
    decoder.push(bytesOf("\ndata: 2\r"));
    expect(seen).toEqual(["1"]);
    decoder.push(bytesOf("\r"));
    expect(seen).toEqual(["1", "2"]);
    decoder.push(bytesOf("\n\ndata: 3\n\n"));
    expect(seen).toEqual(["1", "2", "3"]);
    expect(decoder.position()).toEqual({ offset: 31, line: 8, column: 1 });
  });

  test("do not end with the separators that other programs split at", () => {
    const data = "a\u2028b\u2029c\u0085d\ve\ff";
    expect(pairs(listen(`data: ${data}\n\n`))).toEqual([[undefined, data]]);
  });
});

describe("a byte order mark", () => {
  test("is skipped at the very start, wherever it is cut", () => {
    const bytes = bytesOf("\uFEFFdata: 1\n\n");
    for (let at = 0; at <= 4; at += 1) {
      expect(pairs(listen([bytes.subarray(0, at), bytes.subarray(at)]))).toEqual([[undefined, "1"]]);
    }
  });

  test("is skipped once", () => {
    const heard = listen("\uFEFF\uFEFFdata: 1\n\ndata: 2\n\n");
    expect(pairs(heard)).toEqual([[undefined, "2"]]);
    expect(heard.notes[0]).toMatchObject({
      kind: "unknown-field",
      detail: "\uFEFFdata",
      location: { offset: 3, column: 1 },
    });
  });

  test("belongs to the text anywhere else", () => {
    expect(pairs(listen("data: 1\n\n\uFEFFdata: 2\n\ndata: \uFEFF3\n\n"))).toEqual([
      [undefined, "1"],
      [undefined, "\uFEFF3"],
    ]);
    expect(pairs(listen("\n\uFEFFdata: 1\n\n"))).toEqual([]);
  });

  test("is not what U+00EF U+00BB U+00BF means", () => {
    const heard = listen("ï»¿data: 1\n\n");
    expect(pairs(heard)).toEqual([]);
    expect(heard.notes[0]).toMatchObject({ kind: "unknown-field", detail: "ï»¿data" });
  });

  test("alone is an empty stream", () => {
    const heard = listen("\uFEFF");
    expect(heard.notes).toEqual([]);
    expect(heard.end).toEqual({ offset: 3, line: 1, column: 1 });
  });
});

describe("fields", () => {
  test.each([
    ["one space after the colon is left out", "data: x", "x"],
    ["none need be there", "data:x", "x"],
    ["a second one belongs to the value", "data:  x ", " x "],
    ["a tab does too", "data:\tx", "\tx"],
    ["colons in the value do", "data: a:b", "a:b"],
    ["without a colon the value is empty", "data", ""],
    ["without a value it is as well", "data:", ""],
    ["empty lines of data count", "data\ndata", "\n"],
    ["names are not trimmed", "data: 1\n data: 2\ndata : 3", "1"],
    ["names are case-sensitive", "data: 1\nData: 2\nDATA: 3", "1"],
  ])("%s", (_, lines, data) => {
    expect(pairs(listen(`${lines}\n\n`))).toEqual([[undefined, data]]);
  });

  test("the last event field names the type, and an empty one takes it back", () => {
    expect(pairs(listen("event: a\nevent: b\ndata: 1\n\nevent: a\nevent\ndata: 2\n\n"))).toEqual([
      ["b", "1"],
      [undefined, "2"],
    ]);
  });

  test("a type without data is not carried over", () => {
    expect(pairs(listen("event: a\n\ndata: 1\n\n"))).toEqual([[undefined, "1"]]);
  });

  test("an id with U+0000 is ignored", () => {
    const ids = listen("id: 1\ndata\n\nid: \0\ndata\n\nid: 2\nid: a\0\ndata\n\nid\ndata\n\n").events.map(
      ({ id }) => id,
    );
    expect(ids).toEqual(["1", undefined, "2", ""]);
  });

  test("a retry counts if it is of ASCII digits only, with or without data", () => {
    const text =
      "retry: 10\n\nretry: 007\ndata\n\nretry:\n\nretry: 1.5\n\nretry: -1\n\nretry: ٣\n\nretry: 1e3\n\nretry: 12 \n\n";
    expect(listen(text).retries).toEqual([10, 7]);
  });

  test("comments are told in their place and dispatch nothing", () => {
    const heard = listen(": one\ndata: 1\n:two\n\n:  three\n\n");
    expect(heard.order).toEqual(["comment one", "comment two", "event 1", "comment  three"]);
    expect(heard.events[0]?.fields().map(({ name, value }) => [name, value])).toEqual([
      ["", "one"],
      ["data", "1"],
      ["", "two"],
    ]);
  });

  test("of an event leave out those of the blocks around it", () => {
    const { events } = listen("event: lost\n\nevent: a\nfoo\ndata: 1\n\nevent: lost\n\n");
    expect(events[0]?.fields()).toEqual([
      {
        name: "event",
        value: "a",
        location: { offset: 13, line: 3, column: 1 },
        valueLocation: { offset: 20, line: 3, column: 8 },
      },
      {
        name: "foo",
        value: "",
        location: { offset: 22, line: 4, column: 1 },
        valueLocation: { offset: 25, line: 4, column: 4 },
      },
      {
        name: "data",
        value: "1",
        location: { offset: 26, line: 5, column: 1 },
        valueLocation: { offset: 32, line: 5, column: 7 },
      },
    ]);
  });
});

describe("a decoder", () => {
  test("reads UTF-8 that is cut anywhere", () => {
    const bytes = bytesOf("event: é\ndata: 海𝄞\n\n");
    expect(pairs(listen([...bytes].map((byte) => Uint8Array.of(byte))))).toEqual([["é", "海𝄞"]]);
  });

  test("numbers the events that it dispatches from 1, over all chunks", () => {
    const { events } = listen([bytesOf("data: 1\n\n:\n\nevent: x\n\n"), bytesOf("data: 2\n\n")]);
    expect(events.map(({ number }) => number)).toEqual([1, 2]);
  });

  test("knows how many bytes came and where the input ends", () => {
    const decoder = createDecoder({ event: () => undefined });
    expect([decoder.bytes, decoder.position()]).toEqual([0, { offset: 0, line: 1, column: 1 }]);
    decoder.push(bytesOf("data: 1\n\ndata: é𝄞"));
    expect([decoder.bytes, decoder.position()]).toEqual([21, { offset: 21, line: 3, column: 10 }]);
    decoder.push(bytesOf("\r"));
    expect(decoder.position()).toEqual({ offset: 22, line: 4, column: 1 });
    decoder.push(bytesOf("\n"));
    decoder.end();
    expect(decoder.position()).toEqual({ offset: 23, line: 4, column: 1 });
  });

  test("reads binary garbage without an error", () => {
    const garbage = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 2_654_435_761) >>> 13);
    const heard = listen([garbage]);
    expect(heard.notes.every(({ kind }) => kind !== "id")).toBe(true);
    expect(heard.notes.some(({ kind }) => kind === "invalid-utf8")).toBe(true);
    expect(heard.end.offset).toBe(garbage.length);
  });

  test("is needed anew for a new stream", () => {
    const decoder = createDecoder({ event: () => undefined });
    decoder.push(stream("data: 1"));
    decoder.end();
    decoder.end();
    expect(() => decoder.push(stream("data: 1"))).toThrow(expect.objectContaining({ code: "ended" }));
  });

  test("notes an unfinished block once, however often it is ended", () => {
    const kinds: string[] = [];
    const decoder = createDecoder({ event: () => undefined, note: ({ kind }) => kinds.push(kind) });
    decoder.push(stream("data: 1"));
    decoder.end();
    decoder.end();
    expect(kinds).toEqual(["unterminated"]);
  });

  test("stops for good when a handler throws, and says why again", () => {
    const full = new Error("disk full");
    const decoder = createDecoder({
      event() {
        throw full;
      },
    });
    expect(() => decoder.push(bytesOf("data: 1\n\ndata: 2\n\n"))).toThrow(full);
    expect(() => decoder.push(bytesOf("data: 3\n\n"))).toThrow(full);
    expect(() => decoder.end()).not.toThrow();
  });

  test("is not to be called by its own handlers", () => {
    for (const call of ["push", "end", "position"] as const) {
      const decoder = createDecoder({ event: () => void decoder[call](bytesOf("data: 2\n\n")) });
      expect(() => decoder.push(bytesOf("data: 1\n\n"))).toThrow(expect.objectContaining({ code: "reentrant" }));
    }
  });

  test("calls its handlers as methods, with nothing else to listen for than events", () => {
    const counter = {
      count: 0,
      event() {
        this.count += 1;
      },
    };
    const decoder = createDecoder(counter);
    decoder.push(stream("id: 1\nretry: 2\n: 3\ndata: ", [0xff], "\n\n"));
    expect(counter.count).toBe(1);
  });

  test("refuses a limit that is none", () => {
    for (const maxEventBytes of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createDecoder({ event: () => undefined }, { maxEventBytes })).toThrow(WireError);
    }
  });
});
