import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventData } from "../../src/monitor/event/data.ts";

/** Texts near the shape that needs no parser: right ones, and ones with something wrong in one place. */
const nearDelta = fc
  .tuple(
    fc.constantFrom('{"content":', '{"content": ', '{ "content":', '{"content" :', '{"other":', "{content:"),
    fc.oneof(
      fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
      fc.string().map((text) => `"${text}"`),
      fc.constantFrom(
        '"a\tb"',
        '"a\nb"',
        '"\\x"',
        '"\\"',
        '"a\\u00e9"',
        '"\\ud800"',
        '""',
        '"',
        "7",
        '"a","content":"b"',
        '"a"}, {"b":"c"',
      ),
    ),
    fc.constantFrom("}", " }", "", "}}", "}\n"),
  )
  .map((parts) => parts.join(""));

function parsed(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

describe("data of events", () => {
  test("is what JSON.parse makes of it, whatever came before", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(nearDelta, fc.json(), fc.constant("{}"), fc.string())), (texts) => {
        const data = new EventData();
        for (const text of texts) {
          data.begin(text);
          const expected = parsed(text);
          expect(data.isJson).toBe(expected !== undefined);
          expect(data.value).toEqual(expected?.json);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("a shape is what the data really has", () => {
    fc.assert(
      fc.property(fc.array(nearDelta, { minLength: 2 }), (texts) => {
        const data = new EventData();
        data.begin('{"content":"learned"}');
        for (const text of texts) {
          data.begin(text);
          if (data.shape !== undefined) expect(parsed(text)?.json).toEqual({ [data.shape]: expect.any(String) });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("the shape of a stream's deltas is learned, and of no other texts", () => {
    const data = new EventData();
    const shapes = [
      '{"a":1}',
      '{"content":"x"}',
      '{"content":"y"}',
      '{"content":"\\n"}',
      '{"content":"\\u0041"}',
      "{}",
      '{"content":1}',
    ];
    expect(
      shapes.map((text) => {
        data.begin(text);
        return data.shape;
      }),
    ).toEqual([undefined, undefined, "content", "content", undefined, "", undefined]);
  });

  test("a key that cannot stand for itself is never learned", () => {
    const data = new EventData();
    for (const text of ['{"__proto__":"x"}', '{"__proto__":"y"}', '{"a.b":"x"}', '{"a.b":"y"}']) {
      data.begin(text);
      expect(data.shape).toBeUndefined();
      expect(JSON.stringify(data.value)).toBe(text);
    }
  });
});
