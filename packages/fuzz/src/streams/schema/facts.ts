import type { Dice } from "../../case/dice.ts";
import { FuzzError } from "../../error.ts";
import { isObject, type SchemaNode, type SchemaObject, within } from "./node.ts";
import { resolve } from "./resolve.ts";

/** All that several schemas say together about one value, alternatives having been chosen. */
export interface Facts {
  /** Undefined: any. */
  types: readonly string[] | undefined;
  /** `const` and `enum`: the values that are left; undefined: any. */
  values: readonly unknown[] | undefined;
  /** The plain schemas, each with its keywords. */
  readonly parts: (SchemaNode & { readonly schema: SchemaObject })[];
}

/** They restrict a value in a way that is not drawn from, only checked afterwards. */
const CHECKED = new Set(["not", "dependentSchemas", "contains", "minContains", "maxContains", "unevaluatedItems"]);
/** Drawn from, here or where values of their type are drawn; or annotations. */
const KNOWN = new Set(
  `$schema $id $anchor $comment $defs $vocabulary $ref title description examples default deprecated readOnly writeOnly
  allOf anyOf oneOf if then else type const enum required properties patternProperties additionalProperties
  unevaluatedProperties propertyNames minProperties maxProperties dependentRequired items prefixItems minItems maxItems
  uniqueItems minLength maxLength pattern format contentEncoding contentMediaType contentSchema minimum maximum
  exclusiveMinimum exclusiveMaximum multipleOf`.split(/\s+/),
);

/** More references than this, one after the other, lead in a circle. */
const MOST_PARTS = 500;

/**
 * Chooses among alternatives and joins what is left. Undefined if that allows no value. Throws a FuzzError "cannot-draw" that
 * names the keyword from which no value can be drawn.
 */
export function factsOf(nodes: readonly SchemaNode[], dice: Dice): Facts | undefined {
  const facts: Facts = { types: undefined, values: undefined, parts: [] };
  const left = [...nodes];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    const { schema } = node;
    if (schema === false) return undefined;
    if (schema === true) continue;
    if (facts.parts.length > MOST_PARTS) throw cannotDraw(node, "$ref", "it leads in a circle");
    facts.parts.push({ ...node, schema });
    if (!addKeywords(facts, node, schema, left, dice)) return undefined;
  }
  return facts;
}

function addKeywords(facts: Facts, node: SchemaNode, schema: SchemaObject, left: SchemaNode[], dice: Dice): boolean {
  for (const keyword of Object.keys(schema)) {
    if (!KNOWN.has(keyword) && !CHECKED.has(keyword)) throw cannotDraw(node, keyword, "this keyword is not known here");
  }
  if (typeof schema["$ref"] === "string") left.push(resolve(node, schema["$ref"]));
  const inner = (keyword: string): readonly SchemaNode[] => {
    const list = schema[keyword];
    return Array.isArray(list) ? list.map((item, index) => within(node, item, keyword, index)) : [];
  };
  left.push(...inner("allOf"));
  for (const keyword of ["anyOf", "oneOf"]) {
    const branches = inner(keyword);
    if (branches.length > 0) left.push(dice.pick(branches));
  }
  if (schema["if"] !== undefined) {
    if (dice.once(2)) {
      left.push(within(node, schema["if"], "if"));
      if (schema["then"] !== undefined) left.push(within(node, schema["then"], "then"));
    } else if (schema["else"] !== undefined) left.push(within(node, schema["else"], "else"));
  }
  const type = schema["type"];
  if (type !== undefined) {
    facts.types = bothTypes(facts.types, (Array.isArray(type) ? type : [type]).map(String));
    if (facts.types.length === 0) return false;
  }
  const values = "const" in schema ? [schema["const"]] : schema["enum"];
  if (Array.isArray(values)) {
    const texts = new Set(values.map((value) => JSON.stringify(value)));
    facts.values = facts.values?.filter((value) => texts.has(JSON.stringify(value))) ?? values;
    if (facts.values.length === 0) return false;
  }
  return true;
}

/** `integer` is a `number` too. */
function bothTypes(left: readonly string[] | undefined, right: readonly string[]): readonly string[] {
  if (left === undefined) return right;
  const narrow = (types: readonly string[], others: readonly string[]): readonly string[] =>
    types.filter((type) => others.includes(type) || (type === "integer" && others.includes("number")));
  return [...new Set([...narrow(left, right), ...narrow(right, left)])];
}

/** The tightest of what the schemas say. */
export function bound(facts: Facts, keyword: string, tighter: (a: number, b: number) => number): number | undefined {
  let found: number | undefined;
  for (const { schema } of facts.parts) {
    const value = schema[keyword];
    if (typeof value === "number") found = found === undefined ? value : tighter(found, value);
  }
  return found;
}

/** The schemas that hold for a property; undefined if one of them forbids it. */
export function propertyNodes(facts: Facts, name: string): readonly SchemaNode[] | undefined {
  const nodes: SchemaNode[] = [];
  for (const part of facts.parts) {
    const { schema } = part;
    const properties = schema["properties"];
    let known = false;
    if (isObject(properties) && Object.hasOwn(properties, name)) {
      nodes.push(within(part, properties[name], "properties", name));
      known = true;
    }
    const patterns = isObject(schema["patternProperties"]) ? schema["patternProperties"] : {};
    for (const [pattern, value] of Object.entries(patterns)) {
      if (!new RegExp(pattern, "u").test(name)) continue;
      nodes.push(within(part, value, "patternProperties", pattern));
      known = true;
    }
    if (!known && schema["additionalProperties"] !== undefined) {
      nodes.push(within(part, schema["additionalProperties"], "additionalProperties"));
    }
  }
  return nodes.some(({ schema }) => schema === false) ? undefined : nodes;
}

/** The schemas that hold for an element of a list. */
export function itemNodes(facts: Facts, index: number): readonly SchemaNode[] {
  return facts.parts.flatMap((part) => {
    const prefix = part.schema["prefixItems"];
    if (Array.isArray(prefix) && index < prefix.length) return [within(part, prefix[index], "prefixItems", index)];
    return part.schema["items"] === undefined ? [] : [within(part, part.schema["items"], "items")];
  });
}

export function cannotDraw(node: { readonly pointer: string }, keyword: string, why: string): FuzzError {
  return new FuzzError("cannot-draw", `cannot draw a value for ${node.pointer}/${keyword}: ${why}`);
}
