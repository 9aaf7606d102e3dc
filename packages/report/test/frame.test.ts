import { type FrameLine, renderPretty } from "@ssert/report";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { invalid, reportOf } from "./streams.ts";

/** The two lines of the frame, text and caret, without margin and gutter. */
function frame(line: Partial<FrameLine>, column: number, width = 60): { text: string; caret: number; lines: string[] } {
  const location = { offset: 0, line: 1, column };
  const pretty = renderPretty(reportOf(invalid({ location })), {
    width,
    frames: { lines: () => [{ number: 1, text: "", ...line }] },
  });
  const lines = pretty.split("\n").filter((shown) => shown.includes(" │"));
  const [text = "", caret = ""] = lines.map((shown) => shown.slice(shown.indexOf(" │") + 3));
  return { text, caret: caret.indexOf("^"), lines };
}

describe("the caret stands under its column", () => {
  test.each([
    ["plain text", 'data: {"a":1}', 7, 6],
    ["the first column", "data", 1, 0],
    ["behind the last character", "data", 5, 4],
    ["an empty line", "", 1, 0],
    ["after a tab, which is shown as one character", "data:\t{}", 7, 6],
    ["after wide characters", "日本語x", 4, 6],
    ["after an emoji, two units and two columns", "😀x", 3, 2],
    ["after a combining mark, which takes no column", "e\u0301x", 3, 1],
    ["after a control shown as its code point", "\u009bx", 2, 8],
    ["a column beyond the line, held at its end", "data", 99, 4],
  ])("%s", (_name, text, column, caret) => {
    expect(frame({ text }, column).caret).toBe(caret);
  });

  test("in any text that fits", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."ab {}日é😀\t\u0007"), maxLength: 20 }),
        fc.nat(30),
        (text, at) => {
          const mark = `${text.slice(0, at)}#${text.slice(at)}`;
          const before = frame({ text: text.slice(0, at) }, at + 1).caret;
          expect(frame({ text: mark }, Math.min(at, text.length) + 1).caret).toBe(before);
        },
      ),
    );
  });
});

describe("a long line is clipped around the column", () => {
  const text = Array.from({ length: 100 }, (_, index) => String(index).padStart(4, "0")).join("");

  test("at its beginning the rest is left out", () => {
    expect(frame({ text }, 1)).toMatchObject({ text: expect.stringMatching(/^0000.*…$/u), caret: 0 });
  });

  test("at its end the beginning is left out", () => {
    const shown = frame({ text }, text.length);
    expect(shown.text).toMatch(/^….*0099$/u);
    expect(shown.text[shown.caret]).toBe("9");
    expect(shown.caret).toBe(shown.text.length - 1);
  });

  test("in its middle both are, and what follows the caret keeps a third", () => {
    const shown = frame({ text }, 201);
    expect(shown.text).toMatch(/^….*…$/u);
    expect(shown.text.slice(shown.caret, shown.caret + 4)).toBe("0050");
    expect(shown.text.length - shown.caret).toBeGreaterThanOrEqual(Math.floor(shown.text.length / 3));
  });

  test("a caret behind a line that fills the frame is within it", () => {
    const room = 60 - 6 - 4;
    expect(frame({ text: "x".repeat(room - 1) }, room)).toMatchObject({ text: "x".repeat(room - 1), caret: room - 1 });
    expect(frame({ text: "x".repeat(room) }, room + 1)).toMatchObject({
      text: `…${"x".repeat(room - 2)}`,
      caret: room - 1,
    });
  });

  test("a part of a line says that it is one", () => {
    const shown = frame({ text: "0123456789", column: 5001, more: true }, 5004);
    expect(shown).toMatchObject({ text: "…0123456789…", caret: 4 });
  });

  test("a cut never goes through a character of two units", () => {
    for (const text of ["😀".repeat(400), `x${"😀".repeat(400)}`]) {
      for (const column of [1, 201, 202, 203, 204]) {
        const whole = column - 1 - ((column - 1 - (text.length % 2)) % 2);
        expect(frame({ text }, whole + 1).text).not.toContain("U+D");
      }
    }
  });

  test("no frame is wider than the page, whatever the text and the column", () => {
    const unit = fc.constantFrom(..."ab日😀\u009b\u0301");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), fc.nat(400), (line, at) => {
        for (const shown of frame({ text: line }, at + 1).lines) {
          const wide = shown.match(/[日😀]/gu)?.length ?? 0;
          const zero = shown.match(/\u0301/gu)?.length ?? 0;
          expect([...shown].length + wide - zero).toBeLessThanOrEqual(60);
        }
      }),
    );
  });

  test("a line of megabytes does not make the frame slow: only what is near is looked at", () => {
    const shown = frame({ text: "x".repeat(8_000_000) }, 4_000_000);
    expect(shown.text).toHaveLength(60 - 6 - 4);
  });
});

describe("messages", () => {
  const lines = (message: string, width: number): string[] =>
    renderPretty(reportOf(invalid({ message })), { width })
      .split("\n")
      .filter((line) => line.startsWith("    ") && !line.includes("x.sse:52:7"));

  test("are wrapped between words", () => {
    expect(lines("one two three four five six seven eight nine ten eleven twelve", 60)).toEqual([
      "    one two three four five six seven eight nine ten eleven",
      "    twelve",
    ]);
  });

  test("break a word that is wider than the page, wide characters counted as two", () => {
    expect(lines(`see ${"日".repeat(40)} there`, 60)).toEqual([
      "    see",
      `    ${"日".repeat(28)}`,
      `    ${"日".repeat(12)} there`,
    ]);
  });

  test("never leave the page, whatever the words", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constant("x"), minLength: 1, maxLength: 70 }), { minLength: 1 }),
        (words) => {
          const shown = lines(words.join(" "), 60);
          expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(60);
          expect(shown.join("").replaceAll(" ", "")).toBe(words.join(""));
        },
      ),
    );
  });

  test("are held to a page of 60 to 120 columns", () => {
    const message = "ab ".repeat(200);
    expect(lines(message, 10).every((line) => line.length <= 60)).toBe(true);
    expect(Math.max(...lines(message, 10).map((line) => line.length))).toBeGreaterThan(50);
    expect(Math.max(...lines(message, 1000).map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(Math.max(...lines(message, 1000).map((line) => line.length))).toBeGreaterThan(110);
  });

  test("that quote a whole stream are cut", () => {
    expect(lines("word ".repeat(10_000), 100).join("")).toMatch(/…$/u);
    expect(lines("word ".repeat(10_000), 100).length).toBeLessThan(20);
  });
});
