import { describe, expect, test } from "vitest";
import { mergePatch } from "../../src/definition/json.ts";
import type { Problem } from "../../src/definition/problem.ts";
import type { JsonSchema } from "../../src/definition/protocol-file.ts";
import { checkDefinition, createStreamCheck, defineProtocol, ProtocolError, parseProtocol } from "../../src/index.ts";
import { compileChecks } from "../../src/payload/compile.ts";

/** What is wrong with one schema; undefined if it is taken. */
function problemOf(schema: JsonSchema): Problem | undefined {
  const problems: Problem[] = [];
  compileChecks(new Map([["/a", schema]]), (problem) => problems.push(problem));
  return problems[0];
}

/** `allOf` of two references to the next one, so often. */
function doubling(levels: number): JsonSchema {
  const names = Array.from({ length: levels }, (_, level) => `d${level}`);
  const $defs = Object.fromEntries(
    names.map((name, level) => {
      const next = { $ref: `#/$defs/d${level + 1}` };
      return [name, { allOf: [next, next] }];
    }),
  );
  return { $ref: "#/$defs/d0", $defs: { ...$defs, [`d${levels}`]: { type: "object" } } };
}

describe("references", () => {
  test("that multiply are refused at once", () => {
    const began = performance.now();
    expect(problemOf(doubling(60))).toMatchObject({ code: "bad-schema", message: expect.stringContaining("multiply") });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(problemOf(doubling(10))).toBeUndefined();
  });

  test("that multiply on the way into the data are refused as well", () => {
    const names = Array.from({ length: 30 }, (_, level) => `d${level}`);
    const $defs = Object.fromEntries(
      names.map((name, level) => {
        const next = { $ref: `#/$defs/d${level + 1}` };
        return [name, { properties: { x: { anyOf: [next, { properties: {}, allOf: [next] }] } } }];
      }),
    );
    expect(problemOf({ $ref: "#/$defs/d0", $defs: { ...$defs, d30: {} } })?.message).toContain("multiply");
  });

  const LOOPS: readonly [what: string, schema: JsonSchema][] = [
    ["to itself", { $ref: "#" }],
    ["to itself, in allOf", { allOf: [{ type: "object" }, { $ref: "#" }] }],
    [
      "round in a circle",
      { $ref: "#/$defs/a", $defs: { a: { anyOf: [{ $ref: "#/$defs/b" }] }, b: { not: { $ref: "#/$defs/a" } } } },
    ],
    ["round by an anchor", { $anchor: "top", if: { $ref: "#top" } }],
    ["round by its own name", { $id: "urn:test:round", else: { $ref: "urn:test:round" }, if: true }],
  ];

  test.each(LOOPS)("%s are refused: a check would never end", (_, schema) => {
    expect(problemOf(schema)?.message).toContain("refers to itself without going into the data");
  });

  test("to itself further into the data are a tree, and fine", () => {
    expect(problemOf({ type: "object", properties: { left: { $ref: "#" }, right: { $ref: "#" } } })).toBeUndefined();
    expect(
      problemOf({ items: { $ref: "#" }, additionalProperties: { anyOf: [{ $ref: "#" }, { type: "null" }] } }),
    ).toBeUndefined();
  });

  test("of a union of 60 kinds, three levels deep, are fine", () => {
    const kinds = Array.from({ length: 60 }, (_, n) => ({
      properties: { type: { const: `k${n}` }, [`of${n}`]: { $ref: "#/$defs/leaf" } },
    }));
    expect(
      problemOf({
        oneOf: kinds,
        $defs: { leaf: { anyOf: kinds.map(({ properties }) => ({ properties: { type: properties.type } })) } },
      }),
    ).toBeUndefined();
  });

  test("in a chain as long as you like are taken or refused, never a crash", () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, n) => [`d${n}`, { $ref: `#/$defs/d${n + 1}` }]),
    );
    expect(problemOf({ $ref: "#/$defs/d0", $defs: { ...$defs, d100000: true } })?.code ?? "taken").toMatch(
      /bad-schema|taken/,
    );
  });

  test("the keys of data are no keywords", () => {
    expect(
      problemOf({
        properties: { $ref: { type: "string" }, allOf: { const: { $ref: "#" } } },
        examples: [{ $ref: "#" }],
      }),
    ).toBeUndefined();
  });
});

describe("regular expressions", () => {
  const SLOW = [
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "\\s+$",
    "[a-z]+x",
    "^(.*)@(.*)\\.(.*)$",
    "^(a?){30}a{30}$",
    "^(a+)\\1$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
  ];

  test.each(SLOW)("%s may backtrack for ever: refused, where it stands", (pattern) => {
    const problem = problemOf({ type: "object", properties: { id: { type: "string", pattern } } });
    expect(problem).toMatchObject({ code: "bad-schema", pointer: "/a/properties/id/pattern" });
    expect(problem?.message).toMatch(/may backtrack for ever|cannot be proved fast/);
    expect(problemOf({ patternProperties: { [pattern]: true } })?.pointer).toContain("/a/patternProperties/");
  });

  const FAST = [
    "^msg_[A-Za-z0-9]+$",
    "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$",
    "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    "^[a-z0-9]+(-[a-z0-9]+)*$",
    "^\\p{L}+$",
    "^https?://",
    "x-",
  ];

  test.each(FAST)("%s is fine", (pattern) => {
    expect(problemOf({ pattern })).toBeUndefined();
  });

  // The proof of the pudding: what is let through takes time in proportion to the string.
  test.each(FAST)("%s is fast on what it does not match", (pattern) => {
    const expression = new RegExp(pattern, "u");
    for (const unit of ["a", "a-", "0", "=", " ", "AAAA", "x-x"]) {
      const began = performance.now();
      expression.test(`${unit.repeat(1_000_000)}!`);
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });

  test("a mistake in one is told as such", () => {
    expect(problemOf({ pattern: "(" })?.message).toContain("the schema cannot be used");
  });
});

describe("names that objects have by birth", () => {
  const HOSTILE = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"];
  const definition = (name: string, property = name === "__proto__" ? "p" : name): string => `{
    "protocol": "names", "version": "1", "type": "event",
    "events": {
      "${name}": { "schema": { "type": "object", "required": ["${property}"], "properties": { "${property}": { "type": "string" } } } },
      "end": {}
    },
    "scopes": {
      "all": { "open": "${name}", "close": "end", "constant": { "${name}": "/${name}" } },
      "${name}": { "in": "all", "key": "/${name}", "open": "${name}", "inner": { "${name}": "any" } }
    },
    "rules": { "${name}/none": "off" },
    "variants": { "v${name}": { "events": { "${name}": { "schema": null } } } }
  }`;

  test.each(HOSTILE)("%s as event, scope, property, constant and variant", async (name) => {
    const { findings } = await checkDefinition(definition(name));
    expect(findings).toMatchObject([{ message: `no construct of this protocol yields the rule "${name}/none"` }]);
    const protocol = await parseProtocol(definition(name).replace(/"rules".*\n/, ""));
    const check = createStreamCheck({ protocol });
    const send = (type: string, data: string): void =>
      check.push(new TextEncoder().encode(`event: ${type}\ndata: ${data}\n\n`));
    send(name, "{}");
    send("end", "{}");
    expect(check.end().findings.map(({ rule }) => rule)).toEqual(["event/payload"]);
    expect(Reflect.get({}, "x")).toBeUndefined();
  });

  test("a property named __proto__ is refused, since its schema would not be looked at", () => {
    const properties: unknown = JSON.parse('{ "properties": { "__proto__": { "type": "string" } } }');
    expect(problemOf({ allOf: [properties] })).toMatchObject({ pointer: "/a/allOf/0/properties/__proto__" });
    expect(problemOf({ required: ["__proto__"] })).toMatchObject({ pointer: "/a/required/0" });
  });

  test("a merge patch does not reach the prototype of all objects", () => {
    const merged = mergePatch({}, JSON.parse('{"__proto__": {"polluted": true}}'));
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(Object.hasOwn(Object(merged), "__proto__")).toBe(true);
  });
});

describe("sizes", () => {
  const deep = (levels: number): string => `${'{"not":'.repeat(levels)}true${"}".repeat(levels)}`;
  const withSchema = (schema: string): string =>
    `{"protocol":"x","version":"1","type":"event","events":{"a":{"schema":${schema}}},"scopes":{"s":{"open":"a"}}}`;

  test("a schema nested 100,000 deep is refused where it gets too deep", async () => {
    const error: unknown = await parseProtocol(withSchema(deep(100_000))).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: "bad-json", line: 1, message: expect.stringContaining("256 levels deep") });
  });

  test("also as a value, and as a file of its own", async () => {
    const nested: unknown = JSON.parse(deep(100_000));
    const value = JSON.parse(withSchema("true"));
    value.events.a.schema = nested;
    await expect(defineProtocol(value)).rejects.toThrow("nested too deeply");
    const byPath = withSchema('"a.json"');
    await expect(parseProtocol(byPath, { readSchema: () => nested })).rejects.toThrow("nested too deeply");
    await expect(parseProtocol(byPath, { readSchema: () => deep(100_000) })).rejects.toThrow("256 levels deep");
  });

  test("200 levels are fine", async () => {
    await expect(parseProtocol(withSchema(deep(200)))).resolves.toMatchObject({ name: "x" });
  });

  test("a text of 100 MB is refused before it is parsed", async () => {
    await expect(parseProtocol(" ".repeat(100_000_000))).rejects.toThrow("longer than 8 MiB");
  });
});
