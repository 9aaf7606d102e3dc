import type { JsonSchema } from "../definition/protocol-file.ts";
import { valueAt } from "../payload/pointer.ts";

export type SchemaObject = Readonly<Record<string, unknown>>;

/** How deep a schema is looked into; a `$ref` may lead back to where it stands. */
const DEEPEST = 8;

/** What is asked of one value: a place in the data, and what the schemas that hold for it say there. */
export interface Spot {
  /** Names of properties; `*` for the elements of a list. */
  readonly path: readonly string[];
  readonly schema: SchemaObject;
  /** It stands in a branch of `anyOf` or `oneOf`: what it requires, another branch may not. */
  readonly inBranch: boolean;
  /** Its own branches, a `$ref` in place of one resolved. */
  readonly branches: readonly unknown[];
}

/** Every place that a schema describes, itself first. `byId` finds what a `$ref` names by `$id`. */
export function spotsOf(schema: JsonSchema, byId: ReadonlyMap<string, JsonSchema>): readonly Spot[] {
  const spots: Spot[] = [];
  const target = (branch: unknown, root: unknown): unknown => {
    const reference = isObject(branch) ? branch["$ref"] : undefined;
    return typeof reference === "string" ? resolve(reference, root, byId)?.schema : branch;
  };
  const visit = (at: unknown, root: unknown, path: readonly string[], inBranch: boolean, depth: number): void => {
    if (!isObject(at) || depth > DEEPEST) return;
    const branches = branchesOf(at).map((branch) => target(branch, root));
    spots.push({ path, schema: at, inBranch, branches });
    const { $ref } = at;
    if (typeof $ref === "string") {
      const found = resolve($ref, root, byId);
      if (found !== undefined) visit(found.schema, found.root, path, inBranch, depth + 1);
    }
    for (const part of listOf(at["allOf"])) visit(part, root, path, inBranch, depth + 1);
    for (const branch of branchesOf(at)) visit(branch, root, path, true, depth + 1);
    for (const [name, property] of Object.entries(propertiesOf(at)))
      visit(property, root, [...path, name], inBranch, depth + 1);
    visit(at["items"], root, [...path, "*"], inBranch, depth + 1);
  };
  visit(schema, schema, [], false, 0);
  return spots;
}

function resolve(
  reference: string,
  root: unknown,
  byId: ReadonlyMap<string, JsonSchema>,
): { readonly schema: unknown; readonly root: unknown } | undefined {
  const [id = "", pointer = ""] = reference.split("#");
  const target = id === "" ? root : byId.get(id);
  const schema = pointer === "" ? target : valueAt(target, decodeURIComponent(pointer));
  return schema === undefined ? undefined : { schema, root: target };
}

function branchesOf(schema: SchemaObject): readonly unknown[] {
  return [...listOf(schema["anyOf"]), ...listOf(schema["oneOf"])];
}

export function propertiesOf(schema: SchemaObject): SchemaObject {
  const { properties } = schema;
  return isObject(properties) ? properties : {};
}

export function requires(schema: SchemaObject, name: string): boolean {
  return listOf(schema["required"]).includes(name);
}

/** The types that a schema allows; undefined: any. */
export function typesOf(schema: SchemaObject): readonly string[] | undefined {
  const { type } = schema;
  if (typeof type === "string") return [type];
  return Array.isArray(type) ? type.filter((name) => typeof name === "string") : undefined;
}

export function isType(value: unknown, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isObject(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Does a value look like what a schema describes? Told by `type`, `const`, `enum`, `required` and `properties` alone. */
export function looksLike(value: unknown, schema: unknown): boolean {
  if (!isObject(schema)) return schema !== false;
  const types = typesOf(schema);
  if (types !== undefined && !types.some((type) => isType(value, type))) return false;
  if ("const" in schema && !isSame(value, schema["const"])) return false;
  if ("enum" in schema && !listOf(schema["enum"]).some((one) => isSame(value, one))) return false;
  if (!isObject(value)) return true;
  if (!listOf(schema["required"]).every((name) => typeof name === "string" && Object.hasOwn(value, name))) return false;
  return Object.entries(propertiesOf(schema)).every(
    ([name, property]) => !Object.hasOwn(value, name) || looksLike(value[name], property),
  );
}

export function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
