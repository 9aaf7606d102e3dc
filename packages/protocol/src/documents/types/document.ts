import { type Pattern, parsePattern } from "../../compile/pattern.ts";
import type { EventDefinition, JsonSchema, ProtocolFile } from "../../definition/protocol-file.ts";
import { pointerTokens, toPointer } from "../../payload/pointer.ts";

type Json = { readonly [keyword: string]: unknown };

/**
 * One JSON Schema whose properties are the payloads of all events that have a schema, by pattern. The names of all types
 * begin with `prefix`.
 */
export function payloadsDocument(file: ProtocolFile, prefix: string): Json {
  const entries = Object.entries(file.events).flatMap(([text, event]) =>
    event.schema === undefined ? [] : [{ text, event, schema: event.schema }],
  );
  // Schemas that several events share are one type.
  const first = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { text, event, schema } of entries) {
    const said = JSON.stringify([schema, event.parts]);
    const name = first.get(said) ?? `${prefix} ${text}`;
    first.set(said, name);
    names.set(text, name);
  }
  const nameOf = (text: string): string => names.get(text) ?? "";
  const references = new References(entries.map(({ text, schema }) => ({ name: nameOf(text), schema })));
  const defs: Record<string, JsonSchema> = {};
  const properties: Record<string, Json> = {};
  for (const { text, event, schema } of entries) {
    const name = nameOf(text);
    properties[text] = { $ref: refTo(name) };
    defs[name] ??= references.bare(name, withParts(file, event, schema, nameOf));
  }
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false, $defs: defs };
}

function refTo(name: string): string {
  return `#${toPointer("$defs", name)}`;
}

/** Where a part stands in a payload, its elements are events of their own. */
function withParts(
  file: ProtocolFile,
  event: EventDefinition,
  schema: JsonSchema,
  nameOf: (text: string) => string,
): JsonSchema {
  return Object.entries(event.parts ?? {}).reduce((whole, [name, pointer]) => {
    const part = Object.keys(file.events).find((text) => text === name && file.events[text]?.schema !== undefined);
    return part === undefined ? whole : withElement(whole, pointerTokens(pointer), { $ref: PART + nameOf(part) });
  }, schema);
}

/** Marks a reference that is right already. */
const PART = "part:";

function withElement(schema: JsonSchema, [token, ...rest]: readonly string[], element: Json): JsonSchema {
  if (!isJson(schema)) return schema;
  if (token === undefined) return ofElements(schema, element);
  const inner = isJson(schema["properties"]) ? schema["properties"][token] : undefined;
  if (!isJson(inner)) return schema;
  return { ...schema, properties: { ...asJson(schema["properties"]), [token]: withElement(inner, rest, element) } };
}

function ofElements(schema: Json, element: Json): Json {
  const { type, items } = schema;
  const list = type === "array" || (Array.isArray(type) && type.includes("array"));
  if (!list) return schema;
  return { ...schema, items: items === undefined ? element : { allOf: [items, element] } };
}

/**
 * Schemas refer to themselves and, by `$id`, to each other; in one document both are paths in it. What refers to anything
 * else has an unknown type: nothing is ever fetched.
 */
class References {
  readonly #byId: ReadonlyMap<string, string>;
  readonly #ids: ReadonlyMap<string, string>;

  constructor(schemas: readonly { readonly name: string; readonly schema: JsonSchema }[]) {
    const ids = schemas.flatMap(({ name, schema }) => {
      const id = isJson(schema) ? schema["$id"] : undefined;
      return typeof id === "string" ? [[id, name] as const] : [];
    });
    this.#byId = new Map(ids);
    this.#ids = new Map(ids.map(([id, name]) => [name, id]));
  }

  /** A schema without what would name or describe it otherwise. */
  bare(name: string, schema: JsonSchema): JsonSchema {
    const bare = this.#copy(name, schema);
    return typeof bare === "boolean" || isJson(bare) ? bare : true;
  }

  #copy(name: string, schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map((item) => this.#copy(name, item));
    if (!isJson(schema)) return schema;
    const { $ref: ref } = schema;
    if (typeof ref === "string") {
      const target = ref.startsWith(PART) ? refTo(ref.slice(PART.length)) : this.#target(name, ref);
      return target === undefined ? {} : { $ref: target };
    }
    const kept = Object.entries(schema).filter(([key]) => !NAMING.has(key));
    const copy = Object.fromEntries(
      kept.map(([key, value]) => {
        if (DATA.has(key)) return [key, value];
        return [key, NAMED.has(key) ? this.#copyNamed(name, value) : this.#copy(name, value)];
      }),
    );
    // The library would take a schema that only describes for one of objects.
    if (!Object.keys(copy).some((key) => TYPING.has(key))) return { ...copy, tsType: "unknown" };
    // Unknown properties are allowed, but nobody wants to read them by mistake.
    return isJson(copy["properties"]) && copy["additionalProperties"] === undefined
      ? { ...copy, additionalProperties: false }
      : copy;
  }

  /** Keys of these are names, not keywords. */
  #copyNamed(name: string, schemas: unknown): unknown {
    if (!isJson(schemas)) return schemas;
    return Object.fromEntries(Object.entries(schemas).map(([key, inner]) => [key, this.#copy(name, inner)]));
  }

  #target(name: string, ref: string): string | undefined {
    if (ref === "#") return refTo(name);
    if (ref.startsWith("#/")) return refTo(name) + ref.slice(1);
    const [address = "", fragment = ""] = ref.split("#", 2);
    const other = this.#byId.get(address) ?? this.#byId.get(this.#absolute(name, address));
    return other === undefined || (fragment !== "" && !fragment.startsWith("/")) ? undefined : refTo(other) + fragment;
  }

  #absolute(name: string, address: string): string {
    const base = this.#ids.get(name);
    return URL.canParse(address, base) ? new URL(address, base).href : address;
  }
}

const NAMING = new Set(["title", "$id", "$schema", "$comment", "examples", "default"]);
/** Keywords that say what type a value has; `properties` without `type` is read as people mean it. */
const TYPING = new Set([
  ...["type", "const", "enum", "$ref", "allOf", "anyOf", "oneOf", "properties", "required", "items", "$defs"],
  ...["additionalProperties", "patternProperties"],
]);
const DATA = new Set(["const", "enum", "required"]);
const NAMED = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asJson(value: unknown): Json {
  return isJson(value) ? value : {};
}

/** Patterns of events that have a payload in the document. */
export function patternsWithPayload(file: ProtocolFile): readonly Pattern[] {
  return Object.entries(file.events).flatMap(([text, { schema }]) =>
    schema === undefined ? [] : [parsePattern(text)],
  );
}
