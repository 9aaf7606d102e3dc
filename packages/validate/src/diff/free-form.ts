import type { Protocol } from "@ssert/protocol";

/** JSON Schema keywords that say something to people only. */
const ANNOTATIONS = new Set(["title", "description", "$comment", "examples", "default", "deprecated", "readOnly"]);

/** Branches of a schema, each of which may know a place. */
const BRANCHES = ["allOf", "anyOf", "oneOf"] as const;

/** `$ref`s that lead to one another; no shipped schema has more than three in a row. */
const MAX_REFERENCES = 16;

type Schema = Readonly<Record<string, unknown>>;

/**
 * Does the protocol say that any JSON may stand at this place: the input of a tool, say? What it looks like then depends on
 * the conversation, and no difference there means that the API has moved. `tokens`: from the data down, `*` for elements.
 */
export function isFreeForm(protocol: Protocol | undefined, label: string, tokens: readonly string[]): boolean {
  if (protocol === undefined) return false;
  const [type = label] = label.split("[");
  const { events } = protocol.definition;
  return [label, `${type}[*]`, type].some((pattern) => {
    const schema = Object.hasOwn(events, pattern) ? events[pattern]?.schema : undefined;
    return isSchema(schema) && leadsToAnything(schema, schema, tokens, MAX_REFERENCES);
  });
}

function leadsToAnything(root: Schema, schema: unknown, tokens: readonly string[], left: number): boolean {
  if (schema === true) return tokens.length === 0;
  if (!isSchema(schema)) return false;
  const { $ref } = schema;
  if (typeof $ref === "string" && left > 0 && leadsToAnything(root, resolve(root, $ref), tokens, left - 1)) return true;
  const [token, ...rest] = tokens;
  if (token === undefined) return Object.keys(schema).every((keyword) => ANNOTATIONS.has(keyword));
  return (
    stepsTo(schema, token).some((next) => leadsToAnything(root, next, rest, left)) ||
    branches(schema).some((branch) => leadsToAnything(root, branch, tokens, left))
  );
}

function stepsTo({ properties, items, additionalProperties }: Schema, token: string): readonly unknown[] {
  if (token === "*") return items === undefined ? [] : [items];
  if (isSchema(properties) && Object.hasOwn(properties, token)) return [properties[token]];
  return isSchema(additionalProperties) ? [additionalProperties] : [];
}

function branches(schema: Schema): readonly unknown[] {
  return BRANCHES.flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list) ? list : [];
  });
}

/** `#/$defs/name`, as the shipped schemas use it; others lead nowhere. */
function resolve(root: Schema, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  let value: unknown = root;
  for (const token of reference.slice(2).split("/")) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    value = isSchema(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
