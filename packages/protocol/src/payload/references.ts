import { isObject, type JsonObject } from "../definition/json.ts";
import type { JsonSchema } from "../definition/protocol-file.ts";
import { pointerTokens, toPointer } from "./pointer.ts";
import type { PayloadSchemas } from "./schemas.ts";

/** What would never end, or hardly ever, when data is checked. */
interface ReferenceProblem {
  /** The schema that is checked. */
  readonly within: string;
  readonly pointer: string;
  readonly message: string;
}

/**
 * So many subschemas may look at the data on one path into it. A schema for a whole response of 80 kinds of parts asks for a
 * few hundred; `allOf` of two references, twenty deep, for a million.
 */
const MOST_CHECKS = 100_000;

/**
 * Schemas whose references lead back to themselves without going into the data (a check would never end), or multiply until a
 * check would take for ever. References that lead nowhere are not this function's business.
 */
export function referenceProblems(schemas: PayloadSchemas): readonly ReferenceProblem[] {
  const graph = new Graph(schemas);
  const problems: ReferenceProblem[] = [];
  for (const [pointer, schema] of schemas) {
    const problem = graph.problem(schema);
    if (problem !== undefined)
      problems.push({
        within: pointer,
        pointer: pointer + (graph.paths.get(problem.at) ?? ""),
        message: problem.message,
      });
  }
  return problems;
}

class TooMuch extends Error {
  readonly at: JsonObject;
  constructor(message: string, at: JsonObject) {
    super(message);
    this.at = at;
  }
}

/** In-place keywords look at the same data as the schema that they stand in. */
const IN_PLACE = { one: ["not", "if", "then", "else"], list: ["allOf", "anyOf", "oneOf"], named: ["dependentSchemas"] };

type Label = string;

class Graph {
  /** Where each subschema stands in its document. */
  readonly paths = new Map<JsonObject, string>();
  readonly #documents = new Map<JsonObject, JsonObject>();
  readonly #byUri = new Map<string, JsonObject>();
  readonly #weights = new Map<JsonObject, number>();

  constructor(schemas: PayloadSchemas) {
    for (const schema of schemas.values()) if (isObject(schema)) this.#index(schema, schema, "", "");
  }

  /** Every object in a schema, by where it is and by the names that references may use. */
  #index(value: JsonObject, document: JsonObject, path: string, base: string): void {
    if (this.paths.has(value)) return;
    this.paths.set(value, path);
    this.#documents.set(value, document);
    const id = value["$id"];
    const here = typeof id === "string" ? resolve(id, base) : base;
    if (typeof id === "string") this.#byUri.set(here, value);
    for (const keyword of ["$anchor", "$dynamicAnchor"]) {
      if (typeof value[keyword] === "string") this.#byUri.set(`${here}#${value[keyword]}`, value);
    }
    for (const [key, inner] of Object.entries(value)) {
      const items = Array.isArray(inner) ? inner.entries() : [["", inner] as const];
      for (const [index, item] of items) {
        if (isObject(item))
          this.#index(item, document, path + toPointer(key, ...(Array.isArray(inner) ? [index] : [])), here);
      }
    }
  }

  problem(schema: JsonSchema): { readonly message: string; readonly at: JsonObject } | undefined {
    if (!isObject(schema)) return undefined;
    try {
      this.#weigh(schema, new Set());
      return undefined;
    } catch (error) {
      if (error instanceof TooMuch) return { message: error.message, at: error.at };
      if (error instanceof RangeError)
        return { message: "the references of the schema are nested too deeply", at: schema };
      throw error;
    }
  }

  /** How many subschemas look at the data on the worst path that begins at what the schema looks at. */
  #weigh(schema: JsonObject, above: Set<JsonObject>): number {
    const known = this.#weights.get(schema);
    if (known !== undefined) return known;
    // A tree of data: it goes on as deep as the data does.
    if (above.has(schema)) return 1;
    above.add(schema);
    const together = this.#together(schema);
    const weights = new Map<Label, number>();
    for (const [member, times] of together) {
      for (const [label, child] of children(member)) {
        weights.set(label, (weights.get(label) ?? 0) + times * this.#weigh(child, above));
      }
    }
    above.delete(schema);
    const everywhere = weights.get(ANY_PROPERTY) ?? 0;
    const deepest = [...weights].map(([label, weight]) => (label === ANY_PROPERTY ? weight : weight + everywhere));
    const weight =
      [...together.values()].reduce((sum, times) => sum + times, 0) + deepest.reduce((a, b) => Math.max(a, b), 0);
    if (weight > MOST_CHECKS)
      throw new TooMuch(
        "the references of the schema multiply: one value would be checked more than 100,000 times",
        schema,
      );
    this.#weights.set(schema, weight);
    return weight;
  }

  /** The subschemas that look at the same data, and how often each does. */
  #together(schema: JsonObject): ReadonlyMap<JsonObject, number> {
    const known = new Map<JsonObject, ReadonlyMap<JsonObject, number>>();
    const open = new Set<JsonObject>();
    const expand = (at: JsonObject): ReadonlyMap<JsonObject, number> => {
      const before = known.get(at);
      if (before !== undefined) return before;
      if (open.has(at))
        throw new TooMuch("the schema refers to itself without going into the data, so a check would never end", at);
      open.add(at);
      const counts = new Map([[at, 1]]);
      for (const inner of this.#inPlace(at)) {
        for (const [member, times] of expand(inner)) counts.set(member, (counts.get(member) ?? 0) + times);
      }
      open.delete(at);
      known.set(at, counts);
      return counts;
    };
    return expand(schema);
  }

  #inPlace(schema: JsonObject): readonly JsonObject[] {
    const { one, list, named } = IN_PLACE;
    const found = [
      ...one.map((keyword) => schema[keyword]),
      ...list.flatMap((keyword) => asList(schema[keyword])),
      ...named.flatMap((keyword) => valuesOf(schema[keyword])),
      ...["$ref", "$dynamicRef"].map((keyword) => this.#target(schema, schema[keyword])),
    ];
    return found.filter(isObject);
  }

  #target(from: JsonObject, reference: unknown): unknown {
    const document = this.#documents.get(from);
    if (typeof reference !== "string" || document === undefined) return undefined;
    const [uri = "", fragment = ""] = reference.split("#");
    const id = typeof document["$id"] === "string" ? document["$id"] : "";
    const root = uri === "" ? document : this.#byUri.get(resolve(uri, id));
    if (fragment === "") return root;
    if (!fragment.startsWith("/")) return this.#byUri.get(`${uri === "" ? id : resolve(uri, id)}#${fragment}`);
    let at: unknown = root;
    for (const token of pointerTokens(fragment)) {
      at = typeof at === "object" && at !== null && Object.hasOwn(at, token) ? Reflect.get(at, token) : undefined;
    }
    return at;
  }
}

const ANY_PROPERTY = "*";
const ANY_ELEMENT = "[]";

/** Subschemas that look further into the data, by where they look. */
function* children(schema: JsonObject): Generator<readonly [Label, JsonObject]> {
  for (const [name, inner] of Object.entries(asObject(schema["properties"])))
    if (isObject(inner)) yield [`/${name}`, inner];
  for (const inner of valuesOf(schema["patternProperties"])) if (isObject(inner)) yield [ANY_PROPERTY, inner];
  for (const keyword of ["additionalProperties", "unevaluatedProperties", "propertyNames"]) {
    const inner = schema[keyword];
    if (isObject(inner)) yield [ANY_PROPERTY, inner];
  }
  for (const keyword of ["items", "contains", "unevaluatedItems"]) {
    const inner = schema[keyword];
    if (isObject(inner)) yield [ANY_ELEMENT, inner];
  }
  for (const inner of asList(schema["prefixItems"])) if (isObject(inner)) yield [ANY_ELEMENT, inner];
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function valuesOf(value: unknown): readonly unknown[] {
  return Object.values(asObject(value));
}

function resolve(uri: string, base: string): string {
  try {
    return new URL(uri, base === "" ? undefined : base).href;
  } catch {
    return uri;
  }
}
