/** What JSON calls a value. */
export type JsonKind = "null" | "boolean" | "number" | "string" | "array" | "object";

/** What all values at one place have in common. Grows with the places that data has, which are bounded, not with the data. */
export interface Shape {
  /** How many values were seen here. */
  count: number;
  readonly kinds: Map<JsonKind, number>;
  /** By key, of the values that are objects. */
  readonly properties: Map<string, Shape>;
  /** Of the elements of all lists here. */
  items: Shape | undefined;
  /** There were more keys than are kept: the object is a map from ids, say, and its keys mean nothing. */
  isMap: boolean;
}

/** More keys than any payload of the five APIs at hand has at one place (at most 41, in a Response). */
const MAX_KEYS = 200;

/** Deeper than any payload at hand (12 levels); nesting comes from data, so it needs a bound. */
const MAX_DEPTH = 32;

export function emptyShape(): Shape {
  return { count: 0, kinds: new Map(), properties: new Map(), items: undefined, isMap: false };
}

function kindOf(value: unknown): JsonKind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return "number";
  return typeof value === "string" ? "string" : "object";
}

/** Adds a JSON value to a shape. */
export function addValue(shape: Shape, value: unknown, depth = 0): void {
  shape.count += 1;
  const kind = kindOf(value);
  shape.kinds.set(kind, (shape.kinds.get(kind) ?? 0) + 1);
  if (depth === MAX_DEPTH || typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    if (value.length > 0) shape.items ??= emptyShape();
    for (const item of value) if (shape.items !== undefined) addValue(shape.items, item, depth + 1);
    return;
  }
  for (const [key, property] of Object.entries(value)) {
    const known = shape.properties.get(key);
    if (known === undefined && shape.properties.size === MAX_KEYS) {
      shape.isMap = true;
      return;
    }
    const below = known ?? emptyShape();
    if (known === undefined) shape.properties.set(key, below);
    addValue(below, property, depth + 1);
  }
}
