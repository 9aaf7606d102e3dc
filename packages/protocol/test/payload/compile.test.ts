import { expect, test } from "vitest";
import type { Problem } from "../../src/definition/problem.ts";
import type { JsonSchema } from "../../src/definition/protocol-file.ts";
import type { PayloadChecks } from "../../src/payload/check.ts";
import { compileChecks } from "../../src/payload/compile.ts";

function checksOf(schemas: Readonly<Record<string, JsonSchema>>): PayloadChecks {
  return compileChecks(new Map(Object.entries(schemas)), ({ pointer, message }) => {
    throw new Error(`${message} at ${pointer}`);
  });
}

/** The problem for which schemas are refused. */
function refused(schemas: Readonly<Record<string, JsonSchema>>): Problem | undefined {
  const problems: Problem[] = [];
  try {
    compileChecks(new Map(Object.entries(schemas)), (problem) => {
      problems.push(problem);
      throw new Error("refused");
    });
  } catch (error) {
    if (problems.length === 0) throw error;
  }
  return problems[0];
}

test("each schema is a check under its pointer", () => {
  const checks = checksOf({ "/events/a/schema": { type: "string" }, "/events/b/schema": true });
  expect(checks.get("/events/a/schema")?.(1)).toEqual([{ path: "", message: "must be a string, got 1" }]);
  expect(checks.get("/events/a/schema")?.("x")).toEqual([]);
  expect(checks.get("/events/b/schema")?.(1)).toEqual([]);
  expect(checks.get("/events/c/schema")).toBeUndefined();
});

test("a schema may refer to itself, to its $defs, and to another by its $id", () => {
  const tree = {
    $id: "urn:test:tree",
    type: "object",
    properties: { left: { $ref: "#" }, id: { $ref: "#/$defs/id" } },
    $defs: { id: { type: "string" } },
  };
  const checks = checksOf({ "/a": { properties: { tree: { $ref: "urn:test:tree" } } }, "/b": tree });
  expect(checks.get("/a")?.({ tree: { left: { id: 1 } } })).toEqual([
    { path: "/tree/left/id", message: "must be a string, got 1" },
  ]);
  expect(checks.get("/b")?.({ left: { left: {} } })).toEqual([]);
});

test("one schema may stand in two places", () => {
  const schema = { $id: "urn:test:twice", type: "string" };
  const checks = checksOf({ "/a": schema, "/b": schema });
  expect(checks.get("/b")?.(1)).toHaveLength(1);
});

test("format is an annotation, as the dialect has it", () => {
  expect(checksOf({ "/a": { format: "date-time" } }).get("/a")?.("yesterday")).toEqual([]);
});

test("no check keeps problems of the data before", () => {
  const check = checksOf({ "/a": { type: "string" } }).get("/a");
  expect([check?.(1).length, check?.("x").length, check?.(2).length]).toEqual([1, 0, 1]);
});

const REFUSED: readonly [what: string, schema: JsonSchema, pointer: string, message: string][] = [
  [
    "a keyword of the wrong form",
    { properties: { a: { type: "strng" } } },
    "/a/properties/a/type",
    "the schema must be",
  ],
  ["a keyword that does not exist", { requierd: ["a"] }, "/a/requierd", 'unknown keyword "requierd" in the schema'],
  ["a pointer that leads nowhere", { $ref: "#/$defs/x" }, "/a/$ref", 'the reference "#/$defs/x" leads nowhere'],
  ["a schema that is not given", { $ref: "https://example.com/x.json" }, "/a/$ref", "nothing is fetched"],
  ["a bad regular expression", { pattern: "(" }, "/a", "the schema cannot be used"],
  ["another dialect", { $schema: "http://json-schema.org/draft-07/schema#" }, "/a", "not in the 2020-12 dialect"],
];

test.each(REFUSED)("%s is refused", (_, schema, pointer, message) => {
  const problem = refused({ "/a": schema });
  expect(problem).toMatchObject({ code: "bad-schema", pointer });
  expect(problem?.message).toContain(message);
});

test("the keyword that was meant is offered", () => {
  expect(refused({ "/a": { requierd: ["a"] } })?.known).toContain("required");
});

test("two schemas with one $id are refused", () => {
  expect(refused({ "/a": { $id: "urn:test:x" }, "/b": { $id: "urn:test:x", type: "string" } })?.pointer).toBe("/b");
});
