import fc from "fast-check";
import { expect, test } from "vitest";
import { pointerTokens, toPointer, valueAt } from "../../src/payload/pointer.ts";

test("tokens and pointers are each other's inverse", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (tokens) => {
      expect(pointerTokens(toPointer(...tokens))).toEqual(tokens);
    }),
  );
});

// RFC 6901, section 5.
const DOCUMENT = {
  foo: ["bar", "baz"],
  "": 0,
  "a/b": 1,
  "c%d": 2,
  "e^f": 3,
  "g|h": 4,
  "i\\j": 5,
  'k"l': 6,
  " ": 7,
  "m~n": 8,
};
const PLACES: readonly [pointer: string, value: unknown][] = [
  ["", DOCUMENT],
  ["/foo", ["bar", "baz"]],
  ["/foo/0", "bar"],
  ["/", 0],
  ["/a~1b", 1],
  ["/c%d", 2],
  ["/e^f", 3],
  ["/g|h", 4],
  ["/i\\j", 5],
  ['/k"l', 6],
  ["/ ", 7],
  ["/m~0n", 8],
];

test.each(PLACES)("%s of the standard's document", (pointer, value) => {
  expect(valueAt(DOCUMENT, pointer)).toEqual(value);
});

test("nothing is found where nothing is, nor what an object inherits", () => {
  expect(valueAt(DOCUMENT, "/foo/2")).toBeUndefined();
  expect(valueAt(DOCUMENT, "/none/deeper")).toBeUndefined();
  expect(valueAt(DOCUMENT, "/constructor")).toBeUndefined();
});
