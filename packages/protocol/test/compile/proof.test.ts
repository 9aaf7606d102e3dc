import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { provenShapes } from "../../src/compile/proof.ts";
import type { JsonSchema } from "../../src/definition/protocol-file.ts";
import { pokee } from "../monitor/streams.ts";

/** Schemas of the keywords that a proof understands, and of some that it does not. */
const property: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc.constantFrom<JsonSchema>(true, false, {}, { type: "string" }, { type: ["string", "null"] }, { type: "number" }),
  fc.constantFrom<JsonSchema>(
    { type: "string", maxLength: 2 },
    { const: "x" },
    { type: "string", title: "words" },
    { enum: ["x", 1] },
  ),
);

const schema: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc.boolean(),
  fc.record(
    {
      type: fc.constantFrom("object", ["object", "string"], "array", "string"),
      required: fc.subarray(["a", "b", "c"]),
      properties: fc.dictionary(fc.constantFrom("a", "b", "c"), property, { noNullPrototype: true }),
      additionalProperties: fc.boolean(),
      minProperties: fc.nat(2),
      description: fc.string(),
      not: fc.constant({ required: ["a"] }),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
);

describe("a shape that proves a schema", () => {
  test("never proves more than the schema allows", () => {
    const ajv = new Ajv2020({ strict: false });
    fc.assert(
      fc.property(fc.array(schema, { minLength: 1, maxLength: 2 }), fc.string(), (schemas, text) => {
        for (const key of provenShapes(schemas)) {
          const data = key === "" ? {} : { [key]: text };
          for (const one of schemas) expect(ajv.validate(one, data)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("is found for the deltas and the empty events of Pokee", () => {
    const proven = (type: string): readonly string[] => pokee.plan.types.find(type).bare.proven;
    expect(proven("text.delta")).toEqual(["content"]);
    expect(proven("tool_use.input_delta")).toEqual(["content"]);
    expect(proven("text.stop")).toContain("");
    expect(proven("tool_result")).toEqual([]);
  });

  test("a keyword that is not understood proves nothing", () => {
    expect(provenShapes([{ type: "object", maxProperties: 3 }])).toEqual([]);
    expect(provenShapes([{ $ref: "#/$defs/x" }])).toEqual([]);
  });
});
