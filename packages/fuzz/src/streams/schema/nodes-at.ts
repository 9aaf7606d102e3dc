import { isObject, type SchemaNode, within } from "./node.ts";
import { resolve } from "./resolve.ts";

/** More references than this, one after the other, lead in a circle. */
const MOST_REFERENCES = 32;

/** What schemas say of a place further in, as far as they say it without a choice. */
export function nodesAt(nodes: readonly SchemaNode[], tokens: readonly string[]): readonly SchemaNode[] {
  let at = nodes.flatMap((node) => joined(node));
  for (const token of tokens) at = at.flatMap((node) => step(node, token)).flatMap((node) => joined(node));
  return at;
}

/** A schema with those that it refers to. */
function joined(node: SchemaNode, depth = 0): readonly SchemaNode[] {
  const { schema } = node;
  if (typeof schema === "boolean" || depth > MOST_REFERENCES) return [];
  const inner = Array.isArray(schema["allOf"])
    ? schema["allOf"].map((item, index) => within(node, item, "allOf", index))
    : [];
  if (typeof schema["$ref"] === "string") inner.push(resolve(node, schema["$ref"]));
  return [node, ...inner.flatMap((other) => joined(other, depth + 1))];
}

function step(node: SchemaNode, token: string): readonly SchemaNode[] {
  const { schema } = node;
  if (typeof schema === "boolean") return [];
  const properties = schema["properties"];
  if (isObject(properties) && Object.hasOwn(properties, token)) {
    return [within(node, properties[token], "properties", token)];
  }
  return schema["items"] !== undefined && /^\d+$/.test(token) ? [within(node, schema["items"], "items")] : [];
}
