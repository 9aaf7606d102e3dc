import { describe, expect, test } from "vitest";
import { builtinProtocol } from "../src/index.ts";
import { nearestWord } from "../src/nearest-word.ts";

const RULES = (builtinProtocol("pokee")?.rules ?? []).map(({ id }) => id);

const MEANT: readonly [slip: string, word: string, known: readonly string[], meant: string][] = [
  ["a missing letter", "opn", ["close", "open", "inner"], "open"],
  ["a letter too many", "pokeee", ["pokee", "openai-chat"], "pokee"],
  ["a wrong letter", "bum", ["bom", "line-ends"], "bom"],
  ["swapped letters", "vaildate", ["replay", "validate"], "validate"],
  ["swapped letters, in a short word", "ayn", ["once", "any"], "any"],
  ["swapped letters, at the end", "requierd", ["require", "required"], "required"],
  ["a missing plural", "maxWarning", ["protocol", "maxWarnings"], "maxWarnings"],
  ["a plural", "sse/ids", ["sse/retry", "sse/id"], "sse/id"],
  ["another case", "SCHEMA", ["subtype", "schema"], "schema"],
  ["a capital", "Schema", ["subtype", "schema"], "schema"],
  ["a dash for an underscore", "tool-use/open", ["tool_call/open", "tool_use/open"], "tool_use/open"],
  ["dashes for capitals", "max-warnings", ["rules", "maxWarnings"], "maxWarnings"],
  ["nothing for a dash", "linends", ["bom", "line-ends"], "line-ends"],
  ["a doubled slash", "sse//id", ["sse/retry", "sse/id"], "sse/id"],
  ["two slips in a long word", "antropic-message", ["pokee", "anthropic-messages"], "anthropic-messages"],
  ["swapped letters and a missing one", "anthorpic-mesages", ["pokee", "anthropic-messages"], "anthropic-messages"],
  ["swapped letters and another slip in one part", "anthorpc", ["pokee", "anthropic"], "anthropic"],
  ["a part that is cut short", "message.complete", ["message.created", "message.completed"], "message.completed"],
  ["none: the word itself", "key", ["keys", "key"], "key"],
];

test.each(MEANT)("%s: %s of %j means %s", (_slip, word, known, meant) => {
  expect(nearestWord(word, known)).toBe(meant);
});

const UNRELATED: readonly [word: string, known: readonly string[]][] = [
  ["foo", ["from", "step"]],
  ["x", ["y", "id", "open"]],
  ["open", []],
  ["", ["a", "id"]],
  ["zzz", ["pokee", "openai-chat"]],
  ["severity", ["protocol", "rules", "baseline", "maxWarnings", "private"]],
  ["message/foo", ["message/open", "message/done"]],
  ["tool_use/words", ["tool_use/open", "tool_use/once"]],
  ["openai-cat-pictures", ["openai-responses", "openai-assistants"]],
];

test.each(UNRELATED)("%s means none of %j", (word, known) => {
  expect(nearestWord(word, known)).toBeUndefined();
});

describe("the rules of pokee", () => {
  test("one letter left out, anywhere in a part of four letters or more, still means the rule, or one as near", () => {
    const slips = RULES.flatMap((rule) =>
      [...rule.matchAll(/[a-z]{4,}/g)].flatMap(({ 0: part, index }) =>
        [...part].map((_, at) => ({ rule, word: rule.slice(0, index + at) + rule.slice(index + at + 1) })),
      ),
    ).filter(({ word }) => !RULES.includes(word));
    expect(slips.length).toBeGreaterThan(300);
    // "tool_call/nclosed" can be either of tool_call/closed and tool_call/unclosed.
    const others = slips.filter(({ rule, word }) => nearestWord(word, RULES) !== rule);
    expect(others.length).toBeLessThan(slips.length / 100);
    expect(others.filter(({ word }) => nearestWord(word, RULES) === undefined)).toEqual([]);
  });

  test("none is meant by an unrelated word in one of their groups", () => {
    const groups = new Set(RULES.map((rule) => rule.split("/", 1).join()));
    const words = ["breakfast", "water", "banana", "river", "mountain", "yellow", "guitar", "window"];
    const hinted = [...groups].flatMap((group) => words.map((word) => nearestWord(`${group}/${word}`, RULES)));
    expect(hinted.filter((rule) => rule !== undefined)).toEqual([]);
  });
});
