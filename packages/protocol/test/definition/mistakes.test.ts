import { expect, test } from "vitest";
import { CALL, callWith, refusal, valueRefusal } from "./small-protocol.ts";

test("a protocol file without mistakes is taken", async () => {
  expect(await refusal(CALL)).toBeUndefined();
});

test("a typo in a key names the key, its line and column, and the word that was meant", async () => {
  const error = await refusal(callWith('"open": "ring"', '"opn": "ring"'));
  expect(error?.message).toBe('unknown key "opn" at /scopes/call/opn (line 12, column 15): did you mean "open"?');
  expect(error).toMatchObject({ code: "bad-definition", pointer: "/scopes/call/opn", line: 12, column: 15 });
});

test("the file's name stands beside the line", async () => {
  const error = await refusal(callWith('"open": "ring"', '"opn": "ring"'), { source: "call.json" });
  expect(error?.message).toContain("(call.json, line 12, column 15)");
});

test("a byte order mark moves no column", async () => {
  expect(await refusal(`\uFEFF${CALL}`)).toBeUndefined();
  expect(await refusal(`\uFEFF{"protcol": 1}`)).toMatchObject({ line: 1, column: 2 });
});

test("a definition without a text has pointers and no lines", async () => {
  const error = await valueRefusal(JSON.parse(callWith('"close": "hush"', '"closes": "hush"')));
  expect(error?.message).toBe('unknown key "closes" at /scopes/turn/closes: did you mean "close"?');
  expect(error?.line).toBeUndefined();
});

test("a definition is copied: changing it later changes nothing, and it is left as it was", async () => {
  const definition: unknown = JSON.parse(CALL);
  expect(await valueRefusal(Object.freeze(definition))).toBeUndefined();
  expect(definition).toEqual(JSON.parse(CALL));
});

const NOT_JSON: readonly [what: string, text: string, message: RegExp, line: number, column: number][] = [
  ["a missing comma", '{\n  "protocol": "x"\n  "version": "1" }', /a comma is missing before it/, 3, 3],
  ["an unfinished file", '{ "protocol": ', /the { of line 1 is never closed/, 1, 15],
  ["no text at all", "", /there is nothing in it/, 1, 1],
  ["a trailing comma", '{ "protocol": "x", }', /the comma before it is one too many/, 1, 20],
  ["a key that comes twice", '{ "protocol": "x",\n"protocol": "y" }', /"protocol" comes twice/, 2, 1],
  ["a repeated key deep inside", '{ "scopes": [{ "a": {}, "a": {} }] }', /"a" comes twice/, 1, 25],
];

test.each(NOT_JSON)("%s is no JSON, and where", async (_, text, message, line, column) => {
  const error = await refusal(text, { source: "x.json" });
  expect(error?.message).toMatch(message);
  expect(error).toMatchObject({ code: "bad-json", line, column });
});

const WRONG_FORM: readonly [what: string, from: string, to: string, message: string][] = [
  ["a key that is missing", '"version": "1",', "", 'the key "version" is missing'],
  ["a value of the wrong type", '"version": "1"', '"version": 1', "must be a string, got 1 at /version"],
  ["a wrong choice", '"type": "event",', '"type": "event", "name": "sme",', 'got "sme" at /name'],
  ["a near choice", '"type": "event",', '"type": "event", "name": "sme",', 'did you mean "same"?'],
  [
    "a candidate that is no place",
    '"type": "event"',
    '"type": "kind"',
    'must be "event" or a JSON Pointer such as /type',
  ],
  ["a candidate without a type", '"type": "event"', '"type": { "has": "/a" }', 'the key "is" is missing at /type'],
  ["a pointer without a slash", '"key": "/who"', '"key": "who"', 'must be a JSON Pointer such as /id, got "who"'],
  ["a pattern with a star inside", '"open": "say"', '"open": "s*y"', "must be a pattern of events"],
  ["a key that is no pattern", '"hush": {}', '"hu[sh": {}', 'the key "hu[sh" must be a pattern of events'],
  ["a scope's name with a slash", '"turn": {', '"tu/rn": {', 'the key "tu/rn" must be a name of letters'],
  ["an empty list", '"open": "say"', '"open": []', "must not be empty at /scopes/turn/open"],
  ["a wrong severity", '"error"', '"eror"', 'did you mean "error"?'],
  ["a rule's severity is missing", '"error"', '{ "source": "x" }', 'the key "severity" is missing'],
  ["a rule id without a slash", '"event/unknown-type"', '"unknown-type"', "must be a rule id such as block/unclosed"],
  [
    "how often an event comes",
    '"key": "/who"',
    '"inner": { "say": "twice" }',
    'must be "any", "once", "optional" or "some"',
  ],
  [
    "a step of a counter",
    '"key": "/who"',
    '"counters": { "n": { "of": "/n", "step": "down" } }',
    'must be "up", got "down"',
  ],
  [
    "a join that compares nothing",
    '"key": "/who"',
    '"joined": { "x": { "of": "/a", "match": "json" } }',
    'the key "at" is missing',
  ],
  [
    "a list where one thing is meant",
    '"in": "call"',
    '"in": ["call"]',
    "must be a string, got a list at /scopes/turn/in",
  ],
];

test.each(WRONG_FORM)("%s is refused", async (_, from, to, message) => {
  const error = await refusal(callWith(from, to));
  expect(error?.message).toContain(message);
  expect(error?.code).toBe("bad-definition");
  expect(error?.line).toBeGreaterThan(0);
});

test.each([["[]"], ["12"], ["null"], ['"pokee"']])("%s is no protocol file", async (text) => {
  expect((await refusal(text))?.message).toContain("must be an object");
});
