import { expect, test } from "vitest";
import type { JsonSchema } from "../../src/definition/protocol-file.ts";
import { compileChecks } from "../../src/payload/compile.ts";
import { show } from "../../src/payload/words.ts";

/** What is wrong with data, as "PATH WORDS". */
function words(schema: JsonSchema, data: unknown): string[] {
  const check = compileChecks(new Map([["/s", schema]]), ({ message }) => {
    throw new Error(message);
  }).get("/s");
  return (check?.(data) ?? ["no check"]).map((problem) =>
    typeof problem === "string" ? problem : `${problem.path} ${problem.message}`,
  );
}

const SAID: readonly [schema: JsonSchema, data: unknown, words: string][] = [
  [{ required: ["id"] }, {}, " must have the property `id`"],
  [{ properties: { a: { required: ["b"] } } }, { a: {} }, "/a must have the property `b`"],
  [{ type: "string" }, 12, " must be a string, got 12"],
  [{ type: "integer" }, 1.5, " must be a whole number, got 1.5"],
  [{ type: "boolean" }, "true", ' must be true or false, got "true"'],
  [{ type: "object" }, [], " must be an object, got an empty list"],
  [{ type: "array" }, { a: 1 }, " must be a list, got an object"],
  [{ type: ["string", "null"] }, [1], " must be a string or null, got a list"],
  [{ type: ["string", "number", "null"] }, false, " must be a string, a number or null, got false"],
  [{ const: "completed" }, "in_progress", ' must be "completed", got "in_progress"'],
  [{ const: { a: 1 } }, 1, " must be an object, got 1"],
  [{ enum: ["a", "b"] }, "c", ' must be "a" or "b", got "c"'],
  [{ additionalProperties: false, properties: { a: true } }, { b: 1 }, " must not have the property `b`"],
  // A backtick would end the code that a name stands in.
  [{ additionalProperties: false }, { "b`c`": 1 }, ' must not have the property "b`c`"'],
  [{ unevaluatedProperties: false }, { b: 1 }, " must not have the property `b`"],
  [{ propertyNames: { pattern: "^x" } }, { y: 1 }, " must match ^x, got an object"],
  [{ pattern: "^x" }, "y", ' must match ^x, got "y"'],
  [{ minimum: 3 }, 2, " must be >= 3, got 2"],
  [{ minLength: 1 }, "", ' must not have fewer than 1 characters, got ""'],
  [{ minItems: 1 }, [], " must not have fewer than 1 items, got an empty list"],
  [{ not: {} }, 1, " must not be valid, got 1"],
  [{ properties: { a: false } }, { a: 1 }, "/a must be absent, got 1"],
  [{ items: { properties: { "b/c": { type: "string" } } } }, [{ "b/c": null }], "/0/b~1c must be a string, got null"],
  [{ dependentRequired: { a: ["b"] } }, { a: 1 }, " must have the property `b`"],
];

test.each(SAID)("%j, given %j, says:%s", (schema, data, expected) => {
  expect(words(schema, data)).toContain(expected);
});

test.each(SAID)("%j says nothing where it does not apply", (schema, data) => {
  const negated: JsonSchema = { not: schema };
  expect(words(negated, data)).toEqual([]);
});

test("one problem a schema, however many there are", () => {
  expect(words({ required: ["a", "b"], properties: { c: { type: "string" } } }, { c: 1 })).toHaveLength(1);
});

test("long values are cut, whatever they are", () => {
  expect(show("x".repeat(1000)).length).toBeLessThan(60);
  expect(show({ deep: "x".repeat(1000) })).toBe("an object");
  expect(show(Array.from({ length: 1000 }))).toBe("a list");
  expect(show(undefined)).toBe("nothing");
});

test("a cut never leaves half a character", () => {
  expect(show(`x${"😀".repeat(100)}`)).not.toMatch(/\\ud8|\\udc/i);
});
