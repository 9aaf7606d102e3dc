import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkDefinition, type DefinitionFinding } from "../../src/index.ts";
import { at } from "./ferry.ts";
import { CALL, callWith } from "./small-protocol.ts";

async function advised(text: string): Promise<readonly DefinitionFinding[]> {
  const { findings } = await checkDefinition(text);
  return findings;
}

const TURN = '"turn": { "in": "call", "key": "/who", "open": "say", "close": "hush" }';
const turn = (rest: string): string => callWith(TURN, `"turn": { "in": "call", ${rest} }`);
const events = (from: string, to: string, rest: string): string =>
  callWith(from, to).replace(TURN, `"turn": { ${rest} }`);

const ADVICE: readonly [what: string, text: string, pointer: string, shown: string, message: RegExp][] = [
  [
    "inner once of what closes",
    turn('"open": "say", "inner": { "hush": "once" }, "close": "hush"'),
    "/scopes/turn/inner",
    '"inner"',
    /"hush" closes a turn, so it comes once anyway: `once` says nothing/,
  ],
  [
    "one event in two steps",
    turn('"open": "say", "inner": [{ "ring": "any" }, { "ring": "once" }], "close": "hush"'),
    "/scopes/turn/inner",
    '"inner"',
    /"ring" stands in two steps/,
  ],
  [
    "close and abort at once",
    turn('"open": "say", "close": "hush", "abort": ["hush"]'),
    "/scopes/turn/abort",
    '"abort"',
    /both closes a turn in order and aborts it/,
  ],
  [
    "exclusive, and nothing that closes",
    turn('"key": "/who", "open": "say", "exclusive": true'),
    "/scopes/turn/exclusive",
    '"exclusive"',
    /can never be a second one/,
  ],
  [
    "mustClose, and nothing that closes",
    turn('"open": "say", "mustClose": false'),
    "/scopes/turn/mustClose",
    '"mustClose"',
    /`mustClose` says nothing/,
  ],
  [
    "opened by what closes the parent",
    turn('"open": "hang_up", "close": "hush"'),
    "/scopes/turn/open",
    '"hang_up"',
    /so it can never be closed/,
  ],
  [
    "closed by what comes after the end",
    callWith('"close": "hang_up"', '"close": "hang_up", "after": "hush"'),
    "/scopes/turn/close",
    '"hush"',
    /only after the end of the stream/,
  ],
  [
    "opened by what comes after the end",
    callWith('"close": "hang_up"', '"close": "hang_up", "after": "say"'),
    "/scopes/turn/open",
    '"say"',
    /nothing can ever open a turn: what opens it comes only after the end/,
  ],
  [
    "scopes that wait for each other",
    turn('"open": "say", "close": "hush" }, "room": { "in": "call", "open": "hush", "inner": { "say": "any" }').replace(
      '"open": "say"',
      '"open": "say", "inner": { "ring": "any" }',
    ),
    "/scopes/turn/open",
    '"say"',
    /nothing can ever open a turn: "say" needs an open room/,
  ],
  [
    "a line that must not be there",
    callWith('"type": "event"', '"type": "event", "name": "none"'),
    "/name",
    '"none"',
    /`type` is read from nowhere else/,
  ],
  [
    "a key of a literal",
    events(
      '"hush": {}',
      '"hush": { "literal": "x" }',
      '"in": "call", "key": { "say": "/who", "hush": "/who" }, "open": "say", "close": "hush"',
    ),
    "/scopes/turn/key/hush",
    '"hush"',
    /is a literal: it has no data to read from/,
  ],
  [
    "parts after their whole",
    turn(
      '"open": "say", "inner": [{ "ring": "any" }, { "hush": "any" }], "joined": { "t": { "of": { "hush": "/b" }, "at": { "ring": "/a" }, "match": "equal" } }',
    ),
    "/scopes/turn/joined/t",
    "{",
    /come after the value that they are compared with/,
  ],
  [
    "a constant of the opening alone",
    turn('"open": "say", "close": "hush", "constant": { "who": { "say": "/who" } }'),
    "/scopes/turn/constant/who",
    "{",
    /"who" is read from "say" only/,
  ],
  [
    "a counter that nothing has",
    turn('"open": "say", "counters": { "n": { "of": { "say": "/whom" } } }'),
    "/scopes/turn/counters/n/of/say",
    '"/whom"',
    /"say" has no \/whom/,
  ],
  [
    "a part of a compound key that nothing has",
    turn('"key": ["/who", "/whoo"], "open": "say"'),
    "/scopes/turn/key/1",
    '"/whoo"',
    /no event of it has \/whoo/,
  ],
  [
    "a schema that is false",
    callWith('"hush": {}', '"hush": { "schema": false }'),
    "/events/hush/schema",
    "false",
    /no data fits this schema: it is false/,
  ],
  [
    "bounds that cross",
    callWith('"type": "string"', '"type": "string", "minLength": 3, "maxLength": 2'),
    "/events/say/schema/properties/who/minLength",
    "3",
    /minLength is more than maxLength/,
  ],
  [
    "a constant of another type",
    callWith('"type": "string"', '"type": "string", "const": 1'),
    "/events/say/schema/properties/who/const",
    "1",
    /`const` and `type` exclude each other/,
  ],
  [
    "types that exclude each other",
    callWith('"hush": {}', '"hush": { "schema": { "type": "object", "allOf": [{ "type": "array" }] } }'),
    "/events/hush/schema/allOf/0",
    "{",
    /its types exclude each other/,
  ],
  [
    "a schema that excludes everything",
    callWith('"hush": {}', '"hush": { "schema": { "not": {} } }'),
    "/events/hush/schema/not",
    "{}",
    /it excludes everything/,
  ],
  [
    "a type that the schema does not allow",
    callWith('"type": "event"', '"type": "/t"').replace(
      '"hush": {}',
      '"hush": { "schema": { "properties": { "t": { "const": "hushed" } } } }',
    ),
    "/events/hush",
    '"hush"',
    /no event can be a "hush": its schema says that \/t is "hushed"/,
  ],
  [
    "a subtype that the schema does not allow",
    callWith(
      '"hush": {}',
      '"hush": { "subtype": "/manner", "schema": { "properties": { "manner": { "enum": ["soft", "loud"] } } } }, "hush[lout]": {}',
    ),
    "/events/hush[lout]",
    '"hush[lout]"',
    /no event is "hush\[lout\]"/,
  ],
  [
    "a variant that changes nothing",
    callWith('"rules"', '"variants": { "same": { "version": "1" } }, "rules"'),
    "/variants/same",
    '"same"',
    /changes nothing/,
  ],
  [
    "a variant that takes away what is not there",
    callWith('"rules"', '"variants": { "x": { "scopes": { "tur": null } } }, "rules"'),
    "/variants/x/scopes/tur",
    '"tur"',
    /takes away "tur", which is not there/,
  ],
  [
    "advice about a variant",
    callWith('"rules"', '"variants": { "x": { "events": { "hush": { "schema": false } } } }, "rules"'),
    "/variants/x/events/hush/schema",
    "false",
    /^in the variant "x": no data fits this schema/,
  ],
];

test.each(ADVICE)("%s", async (_, text, pointer, shown, message) => {
  const findings = await advised(text);
  expect(findings).toMatchObject([{ severity: "advice", code: "advice", pointer }]);
  expect(findings[0]?.message).toMatch(message);
  expect(at(text, findings[0] ?? {}).startsWith(shown), at(text, findings[0] ?? {})).toBe(true);
});

const FINE: readonly [what: string, text: string][] = [
  ["the small protocol", CALL],
  ["an implicit opening", turn('"key": "/who", "open": "say", "inner": { "say": "any" }')],
  ["a one-event scope", turn('"open": "say", "close": "say"')],
  [
    "an inner event that is one of several that close",
    turn('"open": "say", "inner": { "hush": "once" }, "close": ["hush", "ring"]'),
  ],
  ["a constant of two events", turn('"open": "say", "close": "hush", "constant": { "who": "/who" }')],
  [
    "a place that no schema names, and nothing near it",
    turn('"open": "say", "constant": { "x": "/elsewhere" }, "inner": { "say": "any" }'),
  ],
  [
    "a key behind a reference",
    callWith('"required": ["who"]', '"$ref": "#/$defs/x", "$defs": { "x": { "required": ["who"] } }'),
  ],
  [
    "a whole in the closing event",
    turn(
      '"open": "say", "inner": { "ring": "any" }, "close": "hush", "joined": { "t": { "of": { "ring": "/b" }, "at": { "hush": "/a" }, "match": "equal" } }',
    ),
  ],
];

test.each(FINE)("no advice: %s", async (_, text) => {
  expect(await advised(text)).toEqual([]);
});

test("advice waits until names that are no event are mended", async () => {
  const both = callWith('"type": "event"', '"type": "event", "name": "none"').replace(
    '"open": "ring"',
    '"open": "rig"',
  );
  expect((await advised(both)).map(({ severity }) => severity)).toEqual(["error"]);
});

test("keys that come twice are told with all that else is wrong", async () => {
  const twice = callWith('"hush": {}', '"hush": {}, "hush": {}').replace('"open": "ring"', '"opne": "ring"');
  const findings = await advised(twice);
  expect(findings.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
    "bad-json /events/hush",
    "bad-definition /scopes/call/opne",
  ]);
  expect(findings[0]?.message).toBe('the key "hush" comes twice: it is in line 8 already');
});

test("rules without words of the source are counted", async () => {
  const { unquoted } = await checkDefinition(callWith('"error"', '{ "severity": "error", "source": "Never." }'));
  expect(unquoted).toContain("turn/unclosed");
  expect(unquoted).not.toContain("event/unknown-type");
});

const SCHEMAS = new URL("../../../../schemas/", import.meta.url);
const SHARED = new URL("../../../../../shared/protocols/", import.meta.url);

async function findingsOf(file: URL): Promise<readonly DefinitionFinding[]> {
  const readSchema = (path: string): string => readFileSync(new URL(path, file), "utf8");
  return (await checkDefinition(readFileSync(file, "utf8"), { readSchema })).findings;
}

test.each(["pokee", "anthropic-messages", "openai-responses", "openai-chat"])("no false alarm: %s", async (name) => {
  expect(await findingsOf(new URL(`${name}/protocol.json`, SCHEMAS))).toEqual([]);
});

test("no false alarm on protocols of others", async ({ skip }) => {
  skip(!existsSync(SHARED), "no protocols beside the project");
  for (const name of readdirSync(SHARED))
    expect({ name, findings: await findingsOf(new URL(name, SHARED)) }).toEqual({ name, findings: [] });
});
