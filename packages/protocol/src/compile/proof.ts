import type { JsonSchema } from "../definition/protocol-file.ts";

/**
 * Which shapes of data prove by themselves that they fit a schema, so that it need not be checked: `key` stands for any
 * object whose only property is `key`, with any string; `""` for the empty object. A schema with a keyword that is not
 * understood here proves nothing. That a proof never says more than the schema is a property test.
 */
export function provenShapes(schemas: readonly JsonSchema[]): readonly string[] {
  const keys = new Set(["", ...schemas.flatMap((schema) => Object.keys(propertiesOf(schema)))]);
  return [...keys].filter((key) => schemas.every((schema) => accepts(schema, key)));
}

/** They say nothing about which data fits. */
const ANNOTATIONS = new Set([
  "$schema",
  "$id",
  "$comment",
  "title",
  "description",
  "examples",
  "default",
  "deprecated",
]);

function accepts(schema: JsonSchema, key: string): boolean {
  if (typeof schema === "boolean") return schema;
  return Object.entries(schema).every(([keyword, value]) => {
    if (ANNOTATIONS.has(keyword)) return true;
    if (keyword === "type") return allows(value, "object");
    if (keyword === "required") return Array.isArray(value) && value.every((name) => name === key && key !== "");
    if (keyword === "properties") return key === "" || acceptsString(propertiesOf(schema), key);
    return keyword === "additionalProperties" && value === true;
  });
}

/** A property that the schema does not name may be anything. */
function acceptsString(properties: Readonly<Record<string, unknown>>, key: string): boolean {
  if (!Object.hasOwn(properties, key)) return true;
  const property = properties[key];
  if (typeof property !== "object" || property === null) return property === true;
  return Object.entries(property).every(([keyword, value]) => {
    return ANNOTATIONS.has(keyword) || (keyword === "type" && allows(value, "string"));
  });
}

function propertiesOf(schema: JsonSchema): Readonly<Record<string, unknown>> {
  const properties = typeof schema === "boolean" ? undefined : schema["properties"];
  return typeof properties === "object" && properties !== null ? { ...properties } : {};
}

function allows(type: unknown, wanted: string): boolean {
  return type === wanted || (Array.isArray(type) && type.includes(wanted));
}
