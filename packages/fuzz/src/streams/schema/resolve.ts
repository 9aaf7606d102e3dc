import { FuzzError } from "../../errors.ts";
import { isObject, isSchema, type SchemaNode } from "./node.ts";

/** What a `$ref` names: in the same document, or in another of the protocol by its `$id`. Nothing is ever fetched. */
export function resolve(node: SchemaNode, reference: string): SchemaNode {
  const [id = "", fragment = ""] = reference.split("#");
  const start = id === "" ? undefined : findById(node, id);
  const document = start?.document ?? node.document;
  if (id !== "" && start === undefined) throw unresolved(node, reference);
  if (fragment !== "" && !fragment.startsWith("/")) return byAnchor(node, reference, document, fragment);
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

function byAnchor(node: SchemaNode, reference: string, document: SchemaNode["document"], anchor: string): SchemaNode {
  const stack: { value: unknown; pointer: string }[] = [{ value: document.root, pointer: document.pointer }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (isObject(at.value) && at.value["$anchor"] === anchor) {
      return { schema: at.value, document, pointer: at.pointer };
    }
    if (typeof at.value !== "object" || at.value === null) continue;
    for (const [key, value] of Object.entries(at.value)) stack.push({ value, pointer: `${at.pointer}/${key}` });
  }
  throw unresolved(node, reference);
}

function unresolved(node: SchemaNode, reference: string): FuzzError {
  return new FuzzError(
    "cannot-draw",
    `cannot draw a value for ${node.pointer}/$ref: ${JSON.stringify(reference)} leads to no schema of this protocol`,
  );
}
