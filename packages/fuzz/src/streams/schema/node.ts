import type { ProtocolFile } from "@ssert/protocol";

type JsonSchema = NonNullable<ProtocolFile["events"][string]["schema"]>;

/** A schema within a document: where its references lead, and where it is, for messages. */
export interface SchemaNode {
  readonly schema: JsonSchema;
  readonly document: SchemaDocument;
  /** JSON Pointer in the protocol file. */
  readonly pointer: string;
}

/** One schema of the protocol file, with those that it can reach by their `$id`. */
interface SchemaDocument {
  readonly root: JsonSchema;
  readonly pointer: string;
  readonly byId: ReadonlyMap<string, SchemaNode>;
  /** Nodes of the schemas inside it that have been asked for. */
  readonly inner: Map<unknown, SchemaNode>;
}

export type SchemaObject = Exclude<JsonSchema, boolean>;

/** Every schema of a protocol's events and openings, by its JSON Pointer in the file. */
export function schemaNodes(file: ProtocolFile): ReadonlyMap<string, SchemaNode> {
  const nodes = new Map<string, SchemaNode>();
  const byId = new Map<string, SchemaNode>();
  const add = (schema: JsonSchema | undefined, ...tokens: readonly string[]): void => {
    if (schema === undefined) return;
    const pointer = tokens.map((token) => `/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
    const node = { schema, document: { root: schema, pointer, byId, inner: new Map() }, pointer };
    nodes.set(pointer, node);
    if (typeof schema === "object" && typeof schema["$id"] === "string") byId.set(schema["$id"], node);
  };
  for (const [type, { schema }] of Object.entries(file.events)) add(schema, "events", type, "schema");
  for (const [name, scope] of Object.entries(file.scopes)) {
    add(scope.opening, "scopes", name, "opening");
    for (const [kind, { opening }] of Object.entries(scope.kinds ?? {})) {
      add(opening, "scopes", name, "kinds", kind, "opening");
    }
  }
  return nodes;
}

/** A schema inside another: the value of a keyword, or of a name below it. */
export function within(node: SchemaNode, schema: unknown, ...tokens: readonly (string | number)[]): SchemaNode {
  const { document } = node;
  const known = document.inner.get(schema);
  if (known !== undefined) return known;
  const inner = { schema: isSchema(schema) ? schema : true, document, pointer: `${node.pointer}/${tokens.join("/")}` };
  if (typeof schema === "object") document.inner.set(schema, inner);
  return inner;
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || isObject(value);
}

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
