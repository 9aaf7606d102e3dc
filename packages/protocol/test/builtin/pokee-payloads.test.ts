import { expect, test } from "vitest";
import { schemas } from "../../src/builtin/generated/pokee.ts";
import { payloadCheck } from "../../src/payload/check.ts";

/** What is wrong with an event's data by Pokee's schemas, as "PATH WORDS". */
function problems(type: string, data: unknown): string[] {
  const schema = schemas.get(`/events/${type}/schema`);
  if (schema === undefined) throw new Error(`Pokee has no schema of ${type}`);
  return payloadCheck(schema)(data).map(({ path, message }) => `${path} ${message}`.trim());
}

/** Decision 9: one right payload a type. */
const RIGHT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "message.created": { id: "m", session_id: "s", status: "in_progress" },
  "text.start": {},
  "text.delta": { content: "x" },
  "text.stop": {},
  "thinking.start": {},
  "thinking.delta": { content: "" },
  "thinking.stop": {},
  "tool_use.start": { name: "n", id: "t" },
  "tool_use.input_delta": { content: "{" },
  "tool_use.executing": { name: "n", id: "t", input: null },
  "tool_use.stop": {},
  tool_result: { id: "t", content: [1], is_error: false },
  "message.completed": { id: "m", status: "completed", usage: {} },
  "message.error": { id: "m", error: "" },
};
const types = Object.keys(RIGHT);

test("every type has a schema, and no others have", () => {
  expect([...schemas.keys()].sort()).toEqual(types.map((type) => `/events/${type}/schema`).sort());
});

test.each(types)("%s: the reference's shape is right, and may have more", (type) => {
  expect(problems(type, RIGHT[type])).toEqual([]);
  expect(problems(type, { ...RIGHT[type], added_later: 1 })).toEqual([]);
});

test.each(types)("%s: data that is no object is wrong", (type) => {
  for (const data of [null, "x", 1, [], true]) expect(problems(type, data)[0]).toMatch(/^must be an object, got/);
});

const properties = types.flatMap((type) => Object.keys(RIGHT[type] ?? {}).map((property) => [type, property] as const));

test.each(properties)("%s: without %s it is wrong", (type, property) => {
  const { [property]: _, ...rest } = RIGHT[type] ?? {};
  expect(problems(type, rest)).toEqual([`must have the property \`${property}\``]);
});

/** "`input` and `tool_result.content` any JSON." */
const ANY_JSON = new Set(["tool_use.executing input", "tool_result content"]);

test.each(properties)("%s: what %s may be", (type, property) => {
  const right = RIGHT[type]?.[property];
  for (const value of ["other", 12, null, [], {}, true]) {
    const found = problems(type, { ...RIGHT[type], [property]: value });
    const fits = property === "status" ? value === right : kind(value) === kind(right);
    if (fits || ANY_JSON.has(`${type} ${property}`)) expect(found).toEqual([]);
    else expect(found[0]).toMatch(new RegExp(`^/${property} must be .+, got `));
  }
});

function kind(value: unknown): string {
  return Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
}

test("a status says which was expected", () => {
  expect(problems("message.completed", { ...RIGHT["message.completed"], status: "in_progress" })).toEqual([
    '/status must be "completed", got "in_progress"',
  ]);
});
