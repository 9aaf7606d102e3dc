import { expect, test } from "vitest";
import { nearest } from "../../src/definition/nearest.ts";

const MEANT: readonly [word: string, known: readonly string[], meant: string | undefined][] = [
  ["opn", ["close", "open", "inner"], "open"],
  ["ayn", ["any", "once"], "any"],
  ["ocne", ["any", "once"], "once"],
  ["Schema", ["schema", "subtype"], "schema"],
  ["requierd", ["required", "require"], "required"],
  ["message.complete", ["message.created", "message.completed"], "message.completed"],
  ["key", ["key"], "key"],
  ["foo", ["from", "step"], undefined],
  ["x", ["open", "close"], undefined],
  ["open", [], undefined],
];

test.each(MEANT)("%s of %j means %s", (word, known, meant) => {
  expect(nearest(word, known)).toBe(meant);
});
