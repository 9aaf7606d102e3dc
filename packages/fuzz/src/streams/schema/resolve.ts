import { FuzzError } from "../../error.ts";
import { isSchema, type SchemaNode } from "./node.ts";

/** What a `$ref` names: in the same document, or in another of the protocol by its `$id`. Nothing is ever fetched. */
export function resolve(node: SchemaNode, reference: string): SchemaNode {
  const [id = "", fragment = ""] = reference.split("#");
  const start = id === "" ? undefined : findById(node, id);
  const document = start?.document ?? node.document;
  if (id !== "" && start === undefined) throw unresolved(node, reference);
  if (fragment !== "" && !fragment.startsWith("/")) throw unresolved(node, reference);
  let value: unknown = document.root;
  for (const token of decodeURIComponent(fragment).split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  if (!isSchema(value)) throw unresolved(node, reference);
  return { schema: value, document, pointer: document.pointer + fragment };
}

function findById(node: SchemaNode, id: string): SchemaNode | undefined {
  const { byId, root } = node.document;
  const own = typeof root === "object" && typeof root["$id"] === "string" ? root["$id"] : undefined;
  return byId.get(id) ?? (own !== undefined && URL.canParse(id, own) ? byId.get(new URL(id, own).href) : undefined);
}

function unresolved(node: SchemaNode, reference: string): FuzzError {
  return new FuzzError(
    "cannot-draw",
    `cannot draw a value for ${node.pointer}/$ref: ${JSON.stringify(reference)} leads to no schema of this protocol`,
  );
}
