import fc from "fast-check";
import type { Dice } from "../../case/dice.ts";
import { drawJson, drawJsonObject } from "./any-json.ts";
import { DEEPEST, type Drawing, NONE } from "./drawing.ts";
import { bound, cannotDraw, type Facts, factsOf, itemNodes } from "./facts.ts";
import type { SchemaNode } from "./node.ts";
import { drawNumber } from "./number.ts";
import { drawObject } from "./object.ts";
import type { Pin } from "./pin.ts";
import { drawFormat, drawText } from "./text.ts";

/** How often a value is drawn anew before it is given up. */
const ATTEMPTS = 6;

/**
 * Draws a value that all schemas allow and that has what is pinned. What schemas say by `not`, `contains` and the like is only
 * hoped for: the caller checks.
 */
export function drawValue(nodes: readonly SchemaNode[], pin: Pin | undefined, drawing: Drawing): unknown {
  const rules = pin?.rules ?? [];
  if (rules.length === 0) return drawFree(nodes, pin, drawing);
  const { dice, optional } = drawing;
  const fixed = rules.find((rule) => rule.fixed !== undefined)?.fixed;
  const propose = rules.find((rule) => rule.propose !== undefined)?.propose;
  const suggest = rules.find((rule) => rule.suggest !== undefined)?.suggest;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    let value: unknown;
    if (fixed !== undefined) ({ value } = fixed);
    else if (propose !== undefined) value = propose(dice);
    else if (suggest !== undefined && takesText(nodes) && dice.once(2)) value = suggest(dice);
    else value = drawFree(nodes, pin, drawing);
    if (value === NONE || (value === undefined && !optional)) continue;
    if (rules.every((rule) => rule.fits(value))) return value;
  }
  return NONE;
}

/** Do the schemas, as far as can be seen at once, take any text? */
function takesText(nodes: readonly SchemaNode[]): boolean {
  return nodes.every(({ schema }) => {
    return typeof schema === "object" && (schema["type"] === undefined || schema["type"] === "string");
  });
}

function drawFree(nodes: readonly SchemaNode[], pin: Pin | undefined, drawing: Drawing): unknown {
  const { dice, depth } = drawing;
  const facts = factsOf(nodes, dice);
  if (facts === undefined) return NONE;
  const pinned = pin !== undefined && pin.children.size > 0;
  if (facts.values !== undefined && !pinned) return dice.pick(facts.values);
  const type = chooseType(facts, pin, dice);
  switch (type) {
    case "object":
      return drawObject(facts, pin, drawing, drawValue);
    case "array":
      return drawArray(facts, pin, drawing);
    case "string":
      return drawString(facts, dice);
    case "integer":
    case "number":
      return drawBounded(facts, type === "integer", dice);
    case "boolean":
      return dice.once(2);
    case "null":
      return null;
    default:
      return facts.parts.length === 0 || depth > 0 ? drawJson(dice, Math.min(depth, 2)) : drawJsonObject(dice, 1);
  }
}

const OBJECT_KEYWORDS = ["properties", "required", "patternProperties", "additionalProperties", "minProperties"];
const ARRAY_KEYWORDS = ["items", "prefixItems", "minItems", "contains"];

/** A type of JSON Schema, or `any`. */
function chooseType(facts: Facts, pin: Pin | undefined, dice: Dice): string {
  const { types } = facts;
  if (pin !== undefined && pin.children.size > 0 && (pin.required || !dice.once(8))) {
    if (types === undefined || types.includes("object")) return "object";
    if (types.includes("array")) return "array";
  }
  if (types !== undefined) {
    // A list of types is mostly one and `null`.
    const [first] = types;
    return first !== undefined && dice.once(2) ? first : dice.pick(types);
  }
  const has = (keywords: readonly string[]): boolean =>
    facts.parts.some(({ schema }) => keywords.some((keyword) => keyword in schema));
  if (has(OBJECT_KEYWORDS)) return "object";
  if (has(ARRAY_KEYWORDS)) return "array";
  if (has(["minLength", "maxLength", "pattern", "format"])) return "string";
  return has(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) ? "number" : "any";
}

function drawArray(facts: Facts, pin: Pin | undefined, drawing: Drawing): unknown {
  const { dice, depth } = drawing;
  const pinned = Math.max(0, ...[...(pin?.children.keys() ?? [])].map((token) => Number(token) + 1));
  const least = Math.max(bound(facts, "minItems", Math.max) ?? 0, pinned);
  const most = bound(facts, "maxItems", Math.min) ?? Number.POSITIVE_INFINITY;
  const wide = depth < 2 && dice.once(40) ? 20 : dice.between(0, depth < DEEPEST ? 3 : 0);
  const unique = facts.parts.some(({ schema }) => schema["uniqueItems"] === true);
  const items: unknown[] = [];
  const length = Math.min(Math.max(least, wide), most);
  for (let index = 0; index < length; index += 1) {
    const nodes = itemNodes(facts, index);
    if (nodes.some(({ schema }) => schema === false)) break;
    const item = drawValue(nodes, pin?.children.get(String(index)), { dice, depth: depth + 1, optional: false });
    if (item === NONE) return items.length >= least ? items : NONE;
    if (unique && items.some((other) => JSON.stringify(other) === JSON.stringify(item))) continue;
    items.push(item);
  }
  return items.length >= least ? items : NONE;
}

function drawString(facts: Facts, dice: Dice): unknown {
  const least = bound(facts, "minLength", Math.max) ?? 0;
  const most = bound(facts, "maxLength", Math.min) ?? Math.max(200, least);
  const patterns = facts.parts.filter(({ schema }) => typeof schema["pattern"] === "string");
  const [first, second] = patterns;
  if (first !== undefined && second !== undefined) {
    throw cannotDraw(second, "pattern", `another pattern holds for the same value, at ${first.pointer}`);
  }
  if (first !== undefined) return drawPattern(first, String(first.schema["pattern"]), dice);
  const format = facts.parts.map(({ schema }) => drawFormat(dice, schema["format"])).find((text) => text !== undefined);
  return least > most ? NONE : (format ?? drawText(dice, least, most));
}

function drawPattern(node: SchemaNode, pattern: string, dice: Dice): string {
  try {
    const [text = ""] = fc.sample(fc.stringMatching(new RegExp(pattern, "u")), {
      seed: dice.between(0, 0x7fff_ffff),
      numRuns: 1,
    });
    return text;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw cannotDraw(node, "pattern", `no text can be drawn from ${JSON.stringify(pattern)}: ${why}`);
  }
}

function drawBounded(facts: Facts, integer: boolean, dice: Dice): unknown {
  const least = bound(facts, "minimum", Math.max) ?? Number.NEGATIVE_INFINITY;
  const most = bound(facts, "maximum", Math.min) ?? Number.POSITIVE_INFINITY;
  const above = bound(facts, "exclusiveMinimum", Math.max) ?? Number.NEGATIVE_INFINITY;
  const below = bound(facts, "exclusiveMaximum", Math.min) ?? Number.POSITIVE_INFINITY;
  const value = drawNumber(dice, integer, {
    least: Math.max(least, above),
    most: Math.min(most, below),
    aboveLeast: above >= least,
    belowMost: below <= most,
    multipleOf: bound(facts, "multipleOf", Math.max),
  });
  return value ?? NONE;
}
