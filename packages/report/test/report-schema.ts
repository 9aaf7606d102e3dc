import { readFileSync } from "node:fs";
import { Ajv2020, type SchemaObject } from "ajv/dist/2020.js";
import { expect } from "vitest";

const schema: SchemaObject = JSON.parse(
  readFileSync(new URL("../../../schemas/report.schema.json", import.meta.url), "utf8"),
);
// As strict as Ajv can be, as its users may want it.
const ajv = new Ajv2020({ strict: true, allErrors: true, formats: { "json-pointer": /^(\/([^~/]|~[01])*)*$/u } });
ajv.addSchema(schema, "report");

/** Holds a value against `schemas/report.schema.json`, or against one of its definitions. */
export function expectReportSchema(value: unknown, definition: "" | "#/$defs/stream" | "#/$defs/summary" = ""): void {
  ajv.validate(`report${definition}`, value);
  expect(ajv.errors ?? []).toEqual([]);
}

export function matchesReportSchema(value: unknown): boolean {
  return ajv.validate("report", value) === true;
}
