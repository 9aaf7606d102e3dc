/** Keywords whose value is not a schema but data, or schemas by a name that the data gives. */
const DATA = new Set(["const", "enum", "required"]);
const NAMED = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

/** A schema without some keywords. */
export function withoutWords(schema: unknown, words: ReadonlySet<string>): unknown {
  if (Array.isArray(schema)) return schema.map((item) => withoutWords(item, words));
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([key]) => !words.has(key));
  return Object.fromEntries(
    kept.map(([key, value]) => {
      if (DATA.has(key)) return [key, value];
      if (!NAMED.has(key) || !isObject(value)) return [key, withoutWords(value, words)];
      return [
        key,
        Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutWords(inner, words)])),
      ];
    }),
  );
}

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
