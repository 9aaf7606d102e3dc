import { parsePattern } from "../../compile/pattern.ts";
import { isObject, type JsonObject } from "../json.ts";
import { shareEvent } from "../meaning/patterns.ts";
import type { JsonSchema, ProtocolFile } from "../protocol-file.ts";

/*
 * What a JSON Schema says about one place of the data, as far as it says it in plain sight. Where references or conditions are
 * in play the answer is "unknown": advice is never given on a guess.
 */

/** `may`: nothing speaks of the place, though properties beside it are named. `unknown`: the schema cannot tell. */
type Standing = "required" | "optional" | "unmentioned" | "unknown";

/** Keywords that may say more about the data than is seen here. */
const OPAQUE = ["$ref", "$dynamicRef", "anyOf", "oneOf", "not", "if", "patternProperties", "dependentSchemas"];

export function standingOf(schema: JsonSchema | undefined, tokens: readonly string[]): Standing {
  const [token, ...rest] = tokens;
  if (token === undefined) return "required";
  const parts = conjuncts(schema);
  if (parts === undefined) return "unknown";
  const named = parts.filter((part) => Object.hasOwn(asObject(part["properties"]), token));
  const required = parts.some(({ required: names }) => Array.isArray(names) && names.includes(token));
  if (named.length === 0 && !required)
    return parts.some((part) => isObject(part["properties"])) ? "unmentioned" : "unknown";
  const own: Standing = required ? "required" : "optional";
  if (rest.length === 0) return own;
  const further = named.map((part) => standingOf(asSchema(asObject(part["properties"])[token]), rest));
  if (further.includes("required")) return own;
  if (further.length === 0 || further.includes("unknown")) return "unknown";
  return further.includes("optional") ? "optional" : "unmentioned";
}

/** The only values that a place may have, if the schema lists them. */
export function valuesAt(schema: JsonSchema | undefined, tokens: readonly string[]): readonly unknown[] | undefined {
  const [token, ...rest] = tokens;
  const parts = conjuncts(schema);
  if (parts === undefined) return undefined;
  for (const part of parts) {
    if (token === undefined) {
      if ("const" in part) return [part["const"]];
      if (Array.isArray(part["enum"])) return part["enum"];
      continue;
    }
    const found = valuesAt(asSchema(asObject(part["properties"])[token]), rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The names of the properties beside a place, for the word that was meant. */
export function namesAt(schema: JsonSchema | undefined, tokens: readonly string[]): readonly string[] {
  const [token, ...rest] = tokens;
  const parts = conjuncts(schema) ?? [];
  if (token === undefined || rest.length === 0)
    return parts.flatMap((part) => Object.keys(asObject(part["properties"])));
  return parts.flatMap((part) => namesAt(asSchema(asObject(part["properties"])[token]), rest));
}

/** The schema and what `allOf` adds; undefined if it says more than can be seen. */
function conjuncts(schema: JsonSchema | undefined): readonly JsonObject[] | undefined {
  if (!isObject(schema) || OPAQUE.some((keyword) => keyword in schema)) return undefined;
  const all = Array.isArray(schema["allOf"]) ? schema["allOf"] : [];
  const parts = all.map((part: unknown) => conjuncts(asSchema(part)));
  return parts.some((part) => part === undefined) ? undefined : [schema, ...parts.flatMap((part) => part ?? [])];
}

/** All schemas that an event named by a pattern must fit. */
export function schemasOf(file: ProtocolFile, pattern: string): readonly JsonSchema[] {
  const parsed = parsePattern(pattern);
  return Object.entries(file.events).flatMap(([key, { schema }]) => {
    return schema !== undefined && shareEvent(parsePattern(key), parsed) ? [schema] : [];
  });
}

export function asSchema(value: unknown): JsonSchema | undefined {
  return isObject(value) || typeof value === "boolean" ? value : undefined;
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
