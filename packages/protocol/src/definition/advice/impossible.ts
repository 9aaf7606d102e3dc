import { toPointer } from "../../payload/pointer.ts";
import type { PayloadSchemas } from "../../payload/schemas.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { Problem } from "../problem.ts";
import { asSchema } from "./read-schema.ts";

/** Schemas that no data fits, as far as that can be seen: the event could never be right. */
export function* impossibleSchemas(schemas: PayloadSchemas): Generator<Problem> {
  for (const [pointer, schema] of schemas) {
    const found = impossible(schema, "");
    if (found !== undefined) yield { pointer: pointer + found.path, message: `no data fits this schema: ${found.why}` };
  }
}

interface Impossible {
  readonly path: string;
  readonly why: string;
}

const PAIRS = [
  ["minLength", "maxLength"],
  ["minimum", "maximum"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"],
] as const;

function impossible(schema: unknown, path: string): Impossible | undefined {
  if (schema === false) return { path, why: "it is false" };
  if (!isObject(schema)) return undefined;
  return (
    bounds(schema, path) ??
    choices(schema, path) ??
    (isObject(schema["not"]) && Object.keys(schema["not"]).length === 0
      ? { path: `${path}/not`, why: "it excludes everything" }
      : undefined) ??
    inAllOf(schema, path) ??
    required(schema, path)
  );
}

function bounds(schema: JsonObject, path: string): Impossible | undefined {
  for (const [least, most] of PAIRS) {
    const [low, high] = [schema[least], schema[most]];
    if (typeof low === "number" && typeof high === "number" && low > high) {
      // A length counts for strings only: other data still fits.
      if (allTypes(schema).length > 0) return { path: `${path}/${least}`, why: `${least} is more than ${most}` };
    }
  }
  return undefined;
}

function choices(schema: JsonObject, path: string): Impossible | undefined {
  const types = allTypes(schema);
  const keyword = "const" in schema ? "const" : "enum";
  const values: unknown = "const" in schema ? [schema["const"]] : schema["enum"];
  if (types.length === 0 || !Array.isArray(values)) return undefined;
  if (
    values.some(
      (value: unknown) =>
        types.includes(typeName(value)) || (types.includes("number") && typeName(value) === "integer"),
    )
  )
    return undefined;
  return { path: `${path}/${keyword}`, why: `\`${keyword}\` and \`type\` exclude each other` };
}

function inAllOf(schema: JsonObject, path: string): Impossible | undefined {
  const all: readonly unknown[] = Array.isArray(schema["allOf"]) ? schema["allOf"] : [];
  let types = allTypes(schema);
  for (const [index, part] of all.entries()) {
    const at = `${path}/allOf/${index}`;
    const found = impossible(part, at);
    if (found !== undefined) return found;
    const further = isObject(part) ? allTypes(part) : [];
    const both =
      types.length === 0 ? further : further.length === 0 ? types : types.filter((type) => further.includes(type));
    if (types.length > 0 && further.length > 0 && both.length === 0)
      return { path: at, why: "its types exclude each other" };
    types = both;
  }
  return undefined;
}

/** A property that must be there and cannot. */
function required(schema: JsonObject, path: string): Impossible | undefined {
  if (!allTypes(schema).includes("object") || !Array.isArray(schema["required"])) return undefined;
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  for (const name of schema["required"].map(String)) {
    const inner = Object.hasOwn(properties, name) ? asSchema(properties[name]) : undefined;
    const found = impossible(inner, path + toPointer("properties", name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function allTypes(schema: JsonObject): readonly string[] {
  const { type } = schema;
  return typeof type === "string" ? [type] : Array.isArray(type) ? type.map(String) : [];
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
