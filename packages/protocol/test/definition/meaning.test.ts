import { expect, test } from "vitest";
import { callWith, refusal } from "./small-protocol.ts";

const TURN = '"turn": { "in": "call", "key": "/who", "open": "say", "close": "hush" }';

const NAMES: readonly [what: string, from: string, to: string, message: string][] = [
  [
    "an opening event that does not exist",
    '"open": "say"',
    '"open": "sy"',
    'no event matches "sy" at /scopes/turn/open',
  ],
  ["one of several that does not exist", '"open": "say"', '"open": ["say", "shout"]', '"shout" at /scopes/turn/open/1'],
  [
    "an inner event that does not exist",
    '"key": "/who"',
    '"inner": { "wave": "any" }',
    '"wave" at /scopes/turn/inner/wave',
  ],
  [
    "a step's event that does not exist",
    '"key": "/who"',
    '"inner": [{ "hush": "any" }, { "wave": "any" }]',
    "/inner/1/wave",
  ],
  ["a prefix that nothing begins with", '"open": "say"', '"open": "x*"', 'no event matches "x*"'],
  ["a place on an event that does not exist", '"key": "/who"', '"key": { "says": "/who" }', 'no event matches "says"'],
  ["a part of a compound key", '"key": "/who"', '"key": ["/who", { "says": "/x" }]', "/scopes/turn/key/1/says"],
  [
    "a joined place",
    '"key": "/who"',
    '"joined": { "j": { "of": { "sa": "/x" }, "at": "close", "match": "parses" } }',
    "/joined/j/of/sa",
  ],
  ["a constant's place", '"key": "/who"', '"constant": { "c": { "sa": "/x" } }', "/constant/c/sa"],
  ["a counter's place", '"key": "/who"', '"counters": { "c": { "of": { "sa": "/x" } } }', "/counters/c/of/sa"],
  ["an event that may come after the end", '"open": "ring"', '"after": "rang", "open": "ring"', "/scopes/call/after"],
  ["a part that is no event", '"ring": {}', '"ring": { "parts": { "bell": "/bells" } }', 'no event matches "bell"'],
  ["a type that a candidate gives", '"type": "event"', '"type": ["event", { "is": "rings" }]', '"rings" at /type/1/is'],
  [
    "a subtype of what has none",
    '"open": "say"',
    '"open": "say[loud]"',
    '"say[loud]" names a subtype, but "say" has no `subtype`',
  ],
  ["a known subtype of what has none", '"hush": {}', '"hush": {}, "hush[now]": {}', "at /events/hush[now]"],
  [
    "mustClose with an event that is not inner",
    '"key": "/who"',
    '"mustClose": ["hush"]',
    '"hush" is no inner event here',
  ],
];

test.each(NAMES)("%s", async (_, from, to, message) => {
  expect((await refusal(callWith(from, to)))?.message).toContain(message);
});

test("the nearest event is named", async () => {
  const error = await refusal(callWith('"close": "hang_up"', '"close": "hangup"'));
  expect(error?.message).toBe(
    'no event matches "hangup" at /scopes/call/close (line 12, column 40): did you mean "hang_up"?',
  );
});

const SCOPES: readonly [what: string, turn: string, message: string][] = [
  ["no parent", '"turn": { "open": "say" }', '"turn" needs a parent (`in`): "call" is the stream\'s scope already'],
  [
    "a parent that does not exist",
    '"turn": { "in": "cal", "open": "say" }',
    'there is no scope "cal" at /scopes/turn/in',
  ],
  [
    "a parent below its child",
    '"a": { "in": "b", "open": "say" }, "b": { "in": "call", "open": "hush" }',
    'the parent "b" must stand above "a"',
  ],
  ["itself as its parent", '"a": { "in": "a", "open": "say" }', 'the parent "a" must stand above "a"'],
  ["nothing that opens it", '"turn": { "in": "call", "close": "hush" }', 'nothing opens "turn"'],
  [
    "after, but not in the stream's scope",
    '"turn": { "in": "call", "open": "say", "after": "hush" }',
    "`after` is for the stream's scope",
  ],
  [
    "exclusive without a key",
    '"turn": { "in": "call", "open": "say", "exclusive": true }',
    "`exclusive` needs a `key`",
  ],
  ["numbered without a key", '"turn": { "in": "call", "open": "say", "numbered": {} }', "`numbered` needs a `key`"],
  [
    "numbered by a compound key",
    '"turn": { "in": "call", "key": ["/a", "/b"], "open": "say", "numbered": {} }',
    "a compound key does not count",
  ],
  ["a reserved name", '"sse": { "in": "call", "open": "say" }', 'the name "sse" is taken'],
  [
    "a kind with its scope's name",
    '"turn": { "in": "call", "kinds": { "turn": { "open": "say" } } }',
    'the name "turn" is used twice',
  ],
  [
    "a kind with another's name",
    '"turn": { "in": "call", "kinds": { "call": { "open": "say" } } }',
    'the name "call" is used twice',
  ],
  [
    "a kind that does not open",
    '"turn": { "in": "call", "open": "say", "kinds": { "loud": { "close": "hush" } } }',
    '"loud" can never be chosen',
  ],
  [
    "two kinds that open alike",
    '"turn": { "in": "call", "kinds": { "loud": { "open": "say" }, "low": { "open": "say" } } }',
    '"low" can never be chosen: "loud" opens',
  ],
  [
    "a join at the close with nothing to compare",
    '"turn": { "in": "call", "open": "say", "joined": { "j": { "of": "/x", "at": "close", "match": "equal" } } }',
    '`match` must be "parses"',
  ],
  [
    "a join in a kind",
    '"turn": { "in": "call", "kinds": { "loud": { "open": "say", "joined": { "j": { "of": "/x", "at": "close", "match": "json" } } } } }',
    "/scopes/turn/kinds/loud/joined/j/match",
  ],
];

test.each(SCOPES)("a scope with %s", async (_, turn, message) => {
  expect((await refusal(callWith(TURN, turn)))?.message).toContain(message);
});

test("a scope that names only some subtypes of an event that opens and continues it", async () => {
  const subtyped = callWith('"hush": {}', '"hush": { "subtype": "/how" }');
  const some = subtyped.replace(
    TURN,
    '"turn": { "in": "call", "open": "hush[now]", "inner": { "hush[later]": "any" } }',
  );
  expect((await refusal(some))?.message).toContain('"turn" names only some subtypes of "hush"');
  expect(await refusal(some.replace('"hush[later]"', '"hush"'))).toBeUndefined();
  expect(await refusal(some.replace('"hush[later]"', '"hush[*]"'))).toBeUndefined();
});

test("events that nothing makes, where types come by key", async () => {
  const byKey = callWith('"type": "event"', '"type": [{ "has": "/ring", "is": "ring" }, { "is": "say" }]');
  expect((await refusal(byKey))?.message).toContain('no event can have the type "hush"');
  const reached = byKey
    .replace("event/unknown-type", "event/not-json")
    .replace('"ring": {}', '"ring": { "parts": { "hush": "/hushes" } }')
    .replace('"hang_up": {}', '"hang_up": { "literal": "[DONE]" }');
  expect(await refusal(reached)).toBeUndefined();
});

test("literals that could not be told apart, or be looked into", async () => {
  const twice = callWith('"ring": {}', '"ring": { "literal": "x" }, "rung": { "literal": "x" }');
  expect((await refusal(twice))?.message).toContain('"rung" and "ring" are the same literal');
  const schema = callWith('"ring": {}', '"ring": { "literal": "x", "schema": true }');
  expect((await refusal(schema))?.message).toContain("can have no schema");
});

test("a severity for a rule that nothing yields", async () => {
  const error = await refusal(callWith('"event/unknown-type": "error"', '"turn/reopen": "off"'));
  expect(error?.message).toContain(
    'no construct of this protocol yields the rule "turn/reopen" at /rules/turn~1reopen',
  );
  const near = await refusal(callWith('"event/unknown-type"', '"event/unknown-typ"'));
  expect(near?.message).toContain('did you mean "event/unknown-type"?');
});

test("a kind's mustClose may name the inner events that it inherits", async () => {
  const kinds = '"kinds": { "loud": { "open": "say", "mustClose": ["hang_up"] } }';
  const turn = `"turn": { "in": "call", "inner": { "hang_up": "any" }, "close": "hush", ${kinds} }`;
  expect(await refusal(callWith(TURN, turn))).toBeUndefined();
});
