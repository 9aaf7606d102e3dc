import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listen, notes, stream } from "./listen.ts";
import { naiveNotes } from "./notes-oracle.ts";
import { CUTS, cut, NEARLY_PLAIN, STREAM } from "./streams.ts";

const PLAIN = "event: a\ndata: {}\n\n";

/** Each kind of note, alone among blocks without one. */
const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ["several data lines", "event: a\ndata: 1\ndata: 2\ndata: 3\n\n", ["multiple-data 6:1 3 data lines"]],
  ["data before event", "data: 1\nevent: a\n\n", ["data-before-event 4:1 data"]],
  ["data before event without spaces", "data:1\nevent:a\n\n", ["data-before-event 4:1 data"]],
  ["an event field without data", "event: lost\n\n", ["no-data 4:1 lost"]],
  ["an id", "event: a\nid: 7\ndata: 1\n\n", ["id 5:1 7"]],
  ["an id without data, which is not lost", "id: 7\n\n", ["id 4:1 7"]],
  ["an event and an id without data", "id: 7\nevent: a\n\n", ["id 4:1 7", "no-data 5:1 a"]],
  ["an id that is ignored", "event: a\nid: \0\ndata: 1\n\n", ["id 5:1 \0"]],
  ["a retry", "retry: 3000\n\n", ["retry 4:1 3000"]],
  ["a retry that is ignored", "event: a\ndata: 1\nretry: soon\n\n", ["retry 6:1 soon"]],
  ["an unknown field", "event: a\ndata: 1\nDATA: 2\n\n", ["unknown-field 6:1 DATA"]],
  ["JSON over several lines", "event: a\ndata: {\n}\n\n", ["unknown-field 6:1 }"]],
  ["U+2028", "event: a\ndata: é\u2028\n\n", ["line-separator 5:8 U+2028"]],
  ["U+2029", "event: a\ndata: \u2029\u2028\n\n", ["line-separator 5:7 U+2029"]],
  ["U+0085", "event: a\ndata: \u0085\n\n", ["line-separator 5:7 U+0085"]],
  ["a kind only once a block", "event: a\nid: 1\nid: 2\nx\ny\ndata: 1\n\n", ["id 5:1 1", "unknown-field 7:1 x"]],
  ["no half of a pair", `event: a\nid: ${"𝄞".repeat(31)}\ndata: 1\n\n`, [`id 5:1 ${"𝄞".repeat(30)}…`]],
  ["no half of a pair, again", `event: a\nid: x${"𝄞".repeat(31)}\ndata: 1\n\n`, [`id 5:1 x${"𝄞".repeat(29)}…`]],
  ["long values only in part", `event: a\nid: ${"x".repeat(100)}\ndata: 1\n\n`, [`id 5:1 ${"x".repeat(60)}…`]],
];

describe("notes", () => {
  for (const [what, block, expected] of CASES) {
    test.each([
      ["LF", "\n"],
      ["CRLF", "\r\n"],
      ["CR", "\r"],
    ])(`tell of ${what} (%s)`, (_, end) => {
      const heard = listen((PLAIN + block + PLAIN).replaceAll("\n", end));
      expect(notes(heard)).toEqual(expected);
    });
  }

  test("come before the event of their block and name it", () => {
    const heard = listen(`${PLAIN}event: no\n\nevent: b\nid: 1\ndata: 2\n\n${PLAIN}`);
    expect(heard.order).toEqual(["event 1", "note no-data", "note id", "event 2", "event 3"]);
    expect(heard.notes.map(({ event }) => event)).toEqual([undefined, { number: 2, type: "b" }]);
  });

  test.each([
    ["the common form", PLAIN],
    ["no spaces", "event:a\ndata:{}\n\n"],
    ["CRLF", PLAIN.replaceAll("\n", "\r\n")],
    ["CR", PLAIN.replaceAll("\n", "\r")],
    ["a byte order mark", `\uFEFF${PLAIN}`],
    ["comments and blank lines", `: hi\n\n\n${PLAIN}:\n\n: \u2028\n${PLAIN}`],
    ["no type", "data: 1\n\ndata\n\n"],
    ["an empty type", "event:\ndata: 1\n\n"],
    ["no data to speak of", "event: a\ndata\n\n"],
    ["two event fields", "event: a\nevent: b\ndata: 1\n\n"],
    ["a U+FFFD that was sent", "event: a\ndata: \uFFFD\n\n"],
    ["more than ASCII", "event: é\ndata: 海𝄞\n\n"],
  ])("are silent about %s", (_, text) => {
    expect(notes(listen(text.repeat(3).replaceAll(/(?!^)\uFEFF/g, "")))).toEqual([]);
  });

  test("are what a naive reader finds, by place", () => {
    fc.assert(
      fc.property(fc.oneof(STREAM, NEARLY_PLAIN), CUTS, (bytes, sizes) => {
        const told = listen(cut(bytes, sizes)).notes.filter(({ kind }) => kind !== "unterminated");
        const whole = naiveNotes(bytes);
        const mine = told.map(({ kind, location, event }) => `${kind} @${location.offset} ${event?.number ?? "-"}`);
        // The rest may add one note on ill-formed bytes; and beside ill-formed bytes the naive reader misplaces separators.
        const broken = whole.some((note) => note.startsWith("invalid-utf8"));
        const comparable = (all: string[]): string[] => (broken ? all.filter((note) => !/^line-sep/.test(note)) : all);
        expect(comparable(mine.slice(0, whole.length)).toSorted()).toEqual(comparable(whole).toSorted());
        expect(mine.length - whole.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("ill-formed UTF-8", () => {
  test.each([
    ["a byte that never occurs", [0xff], "ff"],
    ["a continuation without a lead", [0x80, 0xbf], "80 bf"],
    ["a sequence broken off", [0xe2, 0x82], "e2 82"],
    ["an overlong form", [0xc0, 0xaf], "c0 af"],
    ["an overlong form of three bytes", [0xe0, 0x9f, 0xbf], "e0 9f bf"],
    ["an overlong form of four bytes", [0xf0, 0x8f, 0xbf, 0xbf], "f0 8f bf bf"],
    ["a surrogate", [0xed, 0xa0, 0x80], "ed a0 80"],
    ["a code point that is too high", [0xf4, 0x90, 0x80, 0x80], "f4 90 80 80"],
    ["a long run", new Array<number>(20).fill(0xfe), "fe fe fe fe fe fe fe fe …"],
  ])("is noted with its bytes and replaced: %s", (_, bytes, hex) => {
    const heard = listen([stream("event: a\ndata: é", bytes, "x\n\n")]);
    expect(notes(heard)).toEqual([`invalid-utf8 2:8 ${hex}`]);
    expect(heard.notes[0]?.location.offset).toBe(17);
    expect(heard.events[0]?.data).toBe(`é${new TextDecoder().decode(Uint8Array.from(bytes))}x`);
  });

  test("is noted once a block, wherever it stands", () => {
    const heard = listen([stream(": ", [0xff], "\nev", [0xff], "\n\ndata: 1\n\ndata: ", [0xff], "\n\n")]);
    expect(notes(heard)).toEqual(["invalid-utf8 1:3 ff", "unknown-field 2:1 ev\uFFFD", "invalid-utf8 6:7 ff"]);
  });
});

describe("the end of input", () => {
  test.each([
    ["nothing", "", []],
    ["whole blocks", PLAIN, []],
    ["blank lines", `${PLAIN}\n\n`, []],
    ["comments", `${PLAIN}: a\n: b`, []],
    ["a block without its blank line", `${PLAIN}event: b\ndata: 1\n`, ["unterminated 4:1 event: b"]],
    ["a line without its end", `${PLAIN}: c\ndata: 1`, ["unterminated 5:1 data: 1"]],
    ["half a field name", `${PLAIN}ev`, ["unterminated 4:1 ev"]],
    ["a CR that ends a line", "data: 1\r", ["unterminated 1:1 data: 1"]],
    ["a CR that ends a block", "data: 1\r\r", []],
    ["a field that would be noted", "id: 1\ndata: 1\ndata: 2\n", ["unterminated 1:1 id: 1"]],
  ])("after %s", (_, text, expected) => {
    expect(notes(listen(text))).toEqual(expected);
  });

  test("inside a UTF-8 sequence is one note that says so", () => {
    const heard = listen([stream("data: é", [0xf0, 0x9d, 0x84])]);
    expect(notes(heard)).toEqual(["unterminated 1:1 data: é\uFFFD, cut inside a UTF-8 sequence"]);
    expect(notes(listen([stream(": ", [0xf0, 0x9d, 0x84])]))).toEqual([]);
  });

  test("does not hide ill-formed bytes before it", () => {
    const heard = listen([stream("data: ", [0xff, 0x41, 0xe2])]);
    expect(notes(heard)).toEqual([
      "invalid-utf8 1:7 ff",
      "unterminated 1:1 data: \uFFFDA\uFFFD, cut inside a UTF-8 sequence",
    ]);
  });

  test("dispatches nothing, but a complete retry field has counted", () => {
    const heard = listen("retry: 10\n: hello\ndata: 1\nretry: 20");
    expect(heard.events).toEqual([]);
    expect(heard.retries).toEqual([10]);
    expect(heard.comments).toEqual(["hello"]);
  });
});
