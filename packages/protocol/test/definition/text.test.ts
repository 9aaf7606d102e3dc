import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJsonText } from "../../src/definition/text.ts";
import { toPointer } from "../../src/payload/pointer.ts";

const LINE_END = /\r\n|\r|\n/;

/** What stands in a text at a line and column, to its end. */
function rest(text: string, { line, column }: { line: number; column: number }): string {
  return text
    .split(LINE_END)
    .slice(line - 1)
    .join("\n")
    .slice(column - 1);
}

/** Every value of a document with its pointer. */
function* values(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<[pointer: string, value: unknown]> {
  yield [toPointer(...path), value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* values(inner, [...path, key]);
}

test("every value of any JSON is found where it begins", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.integer({ min: 0, max: 3 }), (document, indent) => {
      const text = JSON.stringify(document, null, indent);
      const json = parseJsonText(undefined, text);
      expect(json.value).toEqual(JSON.parse(text));
      for (const [pointer, value] of values(JSON.parse(text))) {
        const [first] = JSON.stringify(value);
        expect(rest(text, json.locate(pointer, "value"))[0]).toBe(first);
        if (typeof value !== "object") expect(rest(text, json.locate(pointer, "value"))).toMatch(beginning(value));
      }
    }),
  );
});

function beginning(value: unknown): RegExp {
  const literal = JSON.stringify(value).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal}`);
}

test("keys have a place of their own", () => {
  const json = parseJsonText(undefined, '{\n  "a": { "b/c": 1 }\n}');
  expect(json.locate("/a/b~1c", "key")).toEqual({ line: 2, column: 10 });
  expect(json.locate("/a/b~1c", "value")).toEqual({ line: 2, column: 17 });
});

test("what is not in the text is shown at what is around it", () => {
  const json = parseJsonText(undefined, '{ "a": ["x"] }');
  expect(json.locate("/a/3", "value")).toEqual({ line: 1, column: 8 });
  expect(json.locate("/a/0/deeper", "value")).toEqual({ line: 1, column: 9 });
  expect(json.locate("/z/y", "key")).toEqual({ line: 1, column: 1 });
});
