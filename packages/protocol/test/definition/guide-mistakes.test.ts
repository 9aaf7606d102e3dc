import { expect, test } from "vitest";
import { checkDefinition, ProtocolError } from "../../src/index.ts";
import { at, ferry, ferryWith } from "./ferry.ts";

/** A slip on the way through the guide, and what is said: the place that is shown, and the right word. */
type Slip = readonly [what: string, from: string, to: string, pointer: string, shown: string, message: string | RegExp];

const OPEN_SEGMENT = '"open": "segment.opened"';
const SEGMENT_TEXT = '"inner": {\n        "segment.text": "any"';

const REFUSED: readonly Slip[] = [
  ["a key of the file", '"events": {', '"event": {', "/event", '"event"', 'unknown key "event"→events'],
  [
    "a key of an event",
    '"schema": {',
    '"shema": {',
    "/events/job.started/shema",
    '"shema"',
    'unknown key "shema"→schema',
  ],
  [
    "a key of a scope",
    OPEN_SEGMENT,
    '"opens": "segment.opened"',
    "/scopes/segment/opens",
    '"opens"',
    'unknown key "opens"→open',
  ],
  [
    "a key of a joined value",
    '"match"',
    '"macth"',
    "/scopes/segment/joined/text/macth",
    '"macth"',
    "unknown key→match",
  ],
  [
    "an event in `open`",
    OPEN_SEGMENT,
    '"open": "segment.opend"',
    "/scopes/segment/open",
    '"segment.opend"',
    'no event matches "segment.opend"→segment.opened',
  ],
  [
    "an event in `inner`",
    SEGMENT_TEXT,
    '"inner": {\n        "segment.txt": "any"',
    "/scopes/segment/inner/segment.txt",
    '"segment.txt"',
    "no event matches→segment.text",
  ],
  [
    "an event in `close`",
    '"close": "lookup.answered"',
    '"close": "lookup.answerd"',
    "/scopes/lookup/close",
    '"lookup.answerd"',
    "no event matches→lookup.answered",
  ],
  [
    "an event in `abort`",
    '"abort": "job.failed"',
    '"abort": "job.fail"',
    "/scopes/job/abort",
    '"job.fail"',
    "no event matches→job.failed",
  ],
  [
    "an event in a place",
    '"segment.text": "/piece"',
    '"segment.texts": "/piece"',
    "/scopes/segment/joined/text/of/segment.texts",
    '"segment.texts"',
    "no event matches→segment.text",
  ],
  [
    "an event in `after`",
    '"end": "once"',
    '"ended": "once"',
    "/variants/beta/scopes/job/after/ended",
    '"ended"',
    /in the variant "beta": no event matches "ended"/,
  ],
  [
    "the name of the parent",
    '"in": "job"',
    '"in": "jobs"',
    "/scopes/segment/in",
    '"jobs"',
    'there is no scope "jobs"→job',
  ],
  [
    "no parent",
    '"in": "job",\n      "key": "/index"',
    '"key": "/index"',
    "/scopes/segment",
    '"segment"',
    /"segment" needs a parent/,
  ],
  [
    "how often",
    '"segment.text": "any"',
    '"segment.text": "ony"',
    "/scopes/segment/inner/segment.text",
    '"ony"',
    "must be→any",
  ],
  [
    "a number for how often",
    '"segment.text": "any"',
    '"segment.text": 1',
    "/scopes/segment/inner/segment.text",
    "1",
    /must be "any"/,
  ],
  [
    "how to compare",
    '"match": "equal"',
    '"match": "equals"',
    "/scopes/segment/joined/text/match",
    '"equals"',
    "must be→equal",
  ],
  [
    "a severity",
    '"sse/id": "warning"',
    '"sse/id": "warn"',
    "/rules/sse~1id",
    '"warn"',
    /must be "error", "warning" or "off"/,
  ],
  [
    "a severity in an object",
    '"severity": "warning"',
    '"severity": "waring"',
    "/rules/event~1unknown-type/severity",
    '"waring"',
    "must be→warning",
  ],
  [
    "a rule's id",
    '"lookup/reopened"',
    '"lookup/reopend"',
    "/rules/lookup~1reopend",
    '"lookup/reopend"',
    "no construct→lookup/reopened",
  ],
  ["a rule without its scope", '"sse/id"', '"id"', "/rules/id", '"id"', /must be a rule id such as/],
  [
    "a rule's severity left out",
    '"severity": "warning",\n',
    "",
    "/rules/event~1unknown-type",
    "{",
    /the key "severity" is missing/,
  ],
  [
    "a pointer without its slash",
    '"key": "/index"',
    '"key": "index"',
    "/scopes/segment/key",
    '"index"',
    /must be a JSON Pointer such as \/id, got "index"/,
  ],
  [
    "a path with dots",
    '"job.done": "/id"',
    '"job.done": "$.id"',
    "/scopes/job/constant/id/job.done",
    '"$.id"',
    /must be a JSON Pointer/,
  ],
  [
    "an option one level too high",
    '"numbered": {},',
    '"numbered": {}, "from": 0,',
    "/scopes/segment/from",
    '"from"',
    /unknown key "from"/,
  ],
  [
    "an option one level too deep",
    '"numbered": {},',
    '"numbered": { "exclusive": true },',
    "/scopes/segment/numbered/exclusive",
    '"exclusive"',
    /unknown key "exclusive"/,
  ],
  [
    "a scope in the wrong list",
    '"rules": {',
    '"rules": { "segment": {},',
    "/rules/segment",
    '"segment"',
    /must be a rule id such as/,
  ],
  [
    "properties beside their schema",
    '"schema": {\n        "type": "object",\n        "required": [\n          "id",\n          "target"',
    '"required": ["id"], "schema": {\n        "type": "object",\n        "required": [\n          "id",\n          "target"',
    "/events/job.started/required",
    '"required"',
    /unknown key "required"/,
  ],
  [
    "a list of events in a string",
    '"close": "job.done"',
    '"close": "job.done, job.failed"',
    "/scopes/job/close",
    '"job.done, job.failed"',
    /no event matches/,
  ],
  [
    "exclusive without a key",
    '"key": "/index",\n      "numbered": {},',
    "",
    "/scopes/segment/exclusive",
    '"exclusive"',
    /`exclusive` needs a `key`/,
  ],
  [
    "numbered without a key",
    '"key": "/index",\n      "numbered": {},\n      "exclusive": true,',
    '"numbered": {},',
    "/scopes/segment/numbered",
    '"numbered"',
    /`numbered` needs a `key`/,
  ],
  [
    "nothing that opens a scope",
    `${OPEN_SEGMENT},\n`,
    "",
    "/scopes/segment",
    '"segment"',
    /nothing opens "segment": it needs `open`/,
  ],
  ["no version", '"version": "1",\n', "", "", "{", /the key "version" is missing/],
  ["a version that is a number", '"version": "1"', '"version": 1', "/version", "1", /must be a string, got 1/],
  [
    "where the type is",
    '"type": "event"',
    '"type": "type"',
    "/type",
    '"type"',
    /must be "event" or a JSON Pointer such as \/type/,
  ],
  ["a reserved name", '"lookup": {', '"event": {', "/scopes/event", '"event"', /the name "event" is taken/],
  [
    "a keyword of a schema",
    '"required": [',
    '"requierd": [',
    "/events/job.started/schema/requierd",
    '"requierd"',
    "unknown keyword→required",
  ],
  [
    "a type of a schema",
    '"type": "integer"',
    '"type": "int"',
    "/events/segment.opened/schema/properties/index/type",
    '"int"',
    /the schema must be/,
  ],
  [
    "a subtype that no event has",
    '"close": "job.done"',
    '"close": "job.done[late]"',
    "/scopes/job/close",
    '"job.done[late]"',
    /names a subtype, but "job.done" has no `subtype`/,
  ],
  [
    "two streams",
    '"in": "job",\n      "key": "/id"',
    '"key": "/id"',
    "/scopes/lookup",
    '"lookup"',
    /"lookup" needs a parent \(`in`\): "job" is the stream's scope already/,
  ],
  [
    "a variant's key",
    '"literal": "[END]"',
    '"litteral": "[END]"',
    "/variants/beta/events/end/litteral",
    '"litteral"',
    /unknown key "litteral"→literal/,
  ],
];

const ADVISED: readonly Slip[] = [
  [
    "a pointer of a key",
    '"key": "/index"',
    '"key": "/indx"',
    "/scopes/segment/key",
    '"/indx"',
    /has no \/indx, the key of its segment→\/index/,
  ],
  [
    "a pointer of a joined value",
    '"segment.text": "/piece"',
    '"segment.text": "/pieces"',
    "/scopes/segment/joined/text/of/segment.text",
    '"/pieces"',
    /has no \/pieces, so "text" is never read there→\/piece/,
  ],
  [
    "a key that may be missing",
    '"index",\n          "piece"',
    '"piece"',
    "/scopes/segment/key",
    '"/index"',
    /the schema of "segment.text" does not require it/,
  ],
  [
    "a removal of what is not there",
    '"beta": {',
    '"beta": { "rules": { "sse/ids": null },',
    "/variants/beta/rules/sse~1ids",
    '"sse/ids"',
    /takes away "sse\/ids", which is not there→sse\/id/,
  ],
  [
    "a constant of one event",
    '"job.started": "/id",\n          "job.done": "/id",\n          "job.failed": "/id"',
    '"job.done": "/id"',
    "/scopes/job/constant/id",
    "{",
    /there is nothing to compare it with/,
  ],
];

const NOT_JSON: readonly [what: string, from: string, to: string, shown: string, message: RegExp][] = [
  ["a missing comma", '"version": "1",', '"version": "1"', '"source"', /a comma is missing before it/],
  [
    "a missing comma after an object",
    '},\n    "segment": {',
    '}\n    "segment": {',
    '"segment"',
    /a comma is missing before it/,
  ],
  [
    "a trailing comma",
    '"close": "lookup.answered"\n',
    '"close": "lookup.answered",\n',
    "}",
    /the comma before it is one too many/,
  ],
  ["two commas", '"version": "1",', '"version": "1",,', ",", /this comma is one too many/],
  ["a comment", '"type": "event",', '"type": "event", // in the line', "//", /JSON has no comments/],
  ["a comment between", '"type": "event",', '/* here */ "type": "event",', "/*", /JSON has no comments/],
  ["single quotes", '"type": "event"', "'type': 'event'", "'", /strings stand in double quotes/],
  ["typographic quotes", '"type": "event"', "“type”: “event”", "“", /strings stand in double quotes/],
  ["a key without quotes", '"type": "event"', 'type: "event"', "type", /keys and strings stand in double quotes/],
  ["a missing colon", '"type": "event"', '"type" "event"', '"event"', /a colon is missing before it/],
  ["a missing value", '"type": "event"', '"type": ', ",", /a value is missing before this comma/],
  ["Python's words", '"exclusive": true', '"exclusive": True', "True", /JSON's words are true, false and null/],
  [
    "a brace too many",
    '"abort": "job.failed",',
    '"abort": "job.failed" }},',
    ",",
    /the file has ended before this: a \} or \] above is one too many/,
  ],
  [
    "a list that a brace closes",
    '"id",\n          "target"\n        ]',
    '"id",\n          "target"\n        }',
    "}",
    /this } closes nothing/,
  ],
  ["a quotation mark left out", '"version": "1",', '"version": "1,', "", /a string must end on the line/],
  ["a backslash", '"/piece"', '"\\piece"', "", /is no escape: a backslash is written/],
  ["a number with a leading zero", '"exclusive": true', '"exclusive": 01', "01", /no leading \+ or 0/],
  ["an equals sign", '"type": "event"', '"type" = "event"', "=", /a key is followed by a colon/],
];

function said(message: string | RegExp): { readonly words: RegExp; readonly suggestion: string | undefined } {
  const source = typeof message === "string" ? message.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&") : message.source;
  const [words = "", suggestion] = source.split("→");
  return { words: new RegExp(words), suggestion: suggestion?.replaceAll("\\/", "/").replaceAll("\\.", ".") };
}

test("the guide's file has nothing to mend", async () => {
  const { findings, protocol } = await checkDefinition(ferry());
  expect(findings).toEqual([]);
  expect(protocol?.id).toBe("ferry@1");
});

test.each(REFUSED)(
  "%s: one error, its place, and the nearest right word",
  async (_, from, to, pointer, shown, message) => {
    await holds(ferryWith(from, to), "error", pointer, shown, message);
  },
);

test.each(ADVISED)("%s: one piece of advice", async (_, from, to, pointer, shown, message) => {
  await holds(ferryWith(from, to), "advice", pointer, shown, message);
});

async function holds(
  text: string,
  severity: string,
  pointer: string,
  shown: string,
  message: string | RegExp,
): Promise<void> {
  const { findings } = await checkDefinition(text);
  const { words, suggestion } = said(message);
  expect(findings).toHaveLength(1);
  const [first] = findings;
  expect(first).toMatchObject({ severity, pointer, message: expect.stringMatching(words) });
  expect(first?.suggestion).toBe(suggestion);
  expect(at(text, first ?? {}).startsWith(shown), at(text, first ?? {})).toBe(true);
}

test.each(NOT_JSON)("%s is no JSON, and where", async (_, from, to, shown, message) => {
  const text = ferryWith(from, to);
  const error: unknown = await checkDefinition(text).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProtocolError)) throw new Error("it was taken", { cause: error });
  expect(error).toMatchObject({ code: "bad-json", message: expect.stringMatching(message) });
  const { line = 0, column = 0 } = error;
  expect(at(text, { line, column }).startsWith(shown), at(text, { line, column })).toBe(true);
});
