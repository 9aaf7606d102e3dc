import { defineProtocol, type Protocol, type ProtocolFile } from "@ssert/protocol";
import { describe, expect, it } from "vitest";
import { FuzzError, type SampleEvent, sampleStream } from "../../src/index.ts";

type Schema = ProtocolFile["events"][string]["schema"];

/** A protocol of one event between a beginning and an end, whose data follow a schema. */
async function protocolOf(schema: Schema): Promise<Protocol> {
  return await defineProtocol({
    protocol: "tiny",
    version: "1",
    type: "event",
    events: { begin: {}, item: { schema }, end: {} },
    scopes: { all: { open: "begin", inner: { item: "some" }, close: "end" } },
  });
}

async function drawn(schema: Schema, count = 60): Promise<readonly unknown[]> {
  const protocol = await protocolOf(schema);
  const values: unknown[] = [];
  for (let seed = 0; seed < count; seed += 1) {
    const { events } = sampleStream(protocol, { seed, size: 3 });
    values.push(...events.filter(({ event }) => event === "item").map(({ data }: SampleEvent) => JSON.parse(data)));
  }
  return values;
}

describe("data are drawn from", () => {
  it.each<[string, Schema]>([
    ["type", { type: ["integer", "null"] }],
    ["bounds", { type: "number", exclusiveMinimum: 3, maximum: 4 }],
    ["multipleOf", { type: "integer", minimum: 10, multipleOf: 7 }],
    ["lengths", { type: "string", minLength: 3, maxLength: 5 }],
    ["pattern", { type: "string", pattern: "^call_[a-z0-9]{4}$" }],
    ["enum and const", { properties: { a: { const: null }, b: { enum: [1, "x", [true]] } }, required: ["a", "b"] }],
    ["items", { type: "array", prefixItems: [{ type: "string" }], items: { type: "integer" }, minItems: 2 }],
    ["uniqueItems", { type: "array", items: { enum: [1, 2, 3, 4] }, uniqueItems: true }],
    ["contains", { type: "array", items: { enum: [1, 2] }, contains: { const: 2 } }],
    ["a closed object", { properties: { a: {}, b: { type: "string" } }, additionalProperties: false }],
    ["additionalProperties", { type: "object", additionalProperties: { type: "boolean" }, minProperties: 2 }],
    ["patternProperties", { type: "object", patternProperties: { "^x_": { type: "integer" } } }],
    ["propertyNames", { type: "object", propertyNames: { pattern: "^[a-c]+$" }, minProperties: 1 }],
    ["dependentRequired", { properties: { a: {}, b: {} }, dependentRequired: { a: ["b"] } }],
    ["$ref and $defs", { $ref: "#/$defs/tree", $defs: { tree: tree() } }],
    ["allOf", { allOf: [{ required: ["a"] }, { properties: { a: { type: "string" } } }] }],
    ["anyOf and oneOf", { anyOf: [{ type: "string" }, { oneOf: [{ type: "integer" }, { type: "null" }] }] }],
    ["not", { type: "integer", minimum: 0, maximum: 5, not: { const: 3 } }],
    [
      "if, then, else",
      {
        required: ["a"],
        properties: { a: { type: "boolean" } },
        if: { properties: { a: { const: true } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { required: ["b"] },
        else: { required: ["c"] },
      },
    ],
    ["format", { type: "string", format: "date-time" }],
  ])("%s", async (_, schema) => {
    // That each fits its schema is what a sample promises: Ajv has checked it.
    expect((await drawn(schema, 30)).length).toBeGreaterThanOrEqual(30);
  });

  it("no schema at all: any JSON, deep, wide and oddly named", async () => {
    const texts = (await drawn(true, 300)).map((value) => JSON.stringify(value));
    expect(texts.some((text) => text.includes('"__proto__":'))).toBe(true);
    expect(texts.some((text) => /[\u{1F000}-\u{1FFFF}]/u.test(text))).toBe(true);
    expect(texts.some((text) => text.includes("\\u0000"))).toBe(true);
    expect(new Set(texts).size).toBeGreaterThan(100);
  });

  it("optional properties, with and without each", async () => {
    const values = await drawn({ type: "object", properties: { a: { type: "integer" }, b: { type: "string" } } });
    for (const name of ["a", "b"]) {
      const present = values.filter((value) => typeof value === "object" && value !== null && name in value);
      expect(present.length).toBeGreaterThan(0);
      expect(present.length).toBeLessThan(values.length);
    }
  });
});

describe("what no data can be drawn from", () => {
  it("is named by keyword and place", async () => {
    const protocol = await protocolOf({
      properties: { a: { $dynamicRef: "#x" } },
      $defs: { x: { $dynamicAnchor: "x" } },
    });
    expect(() => drawAll(protocol)).toThrow(
      /cannot draw a value for \/events\/item\/schema\/properties\/a\/\$dynamicRef: this keyword is not known here/,
    );
  });

  it("is told where the schemas allow nothing", async () => {
    const protocol = await protocolOf({ type: "string", enum: [1] });
    expect(() => drawAll(protocol)).toThrow(FuzzError);
    expect(() => drawAll(protocol)).toThrow(/no valid stream of tiny@1 was found/);
  });
});

function drawAll(protocol: Protocol): void {
  for (let seed = 0; seed < 20; seed += 1) sampleStream(protocol, { seed, aim: undefined });
}

function tree(): Readonly<Record<string, unknown>> {
  const children = { type: "array", items: { $ref: "#/$defs/tree" } };
  return { type: "object", required: ["name"], properties: { name: { type: "string" }, children } };
}
