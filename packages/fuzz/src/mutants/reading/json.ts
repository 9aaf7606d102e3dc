/** Where a value is in JSON: the tokens of a pointer. */
export type Path = readonly string[];

/** The value at a path, or undefined. */
export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const token of path) {
    if (!isContainer(value) || !Object.hasOwn(value, token)) return undefined;
    value = Reflect.get(value, token);
  }
  return value;
}

/** A copy with another value at a path that leads through existing containers; as it was where there is none. */
export function withValue(data: unknown, path: Path, value: unknown): unknown {
  const [token, ...rest] = path;
  if (token === undefined) return value;
  if (Array.isArray(data))
    return data.map((item, index) => (String(index) === token ? withValue(item, rest, value) : item));
  if (!isContainer(data)) return data;
  return { ...data, [token]: withValue(Reflect.get(data, token), rest, value) };
}

/** A copy without the property or element at a path. */
export function without(data: unknown, path: Path): unknown {
  const [token, ...rest] = path;
  if (token === undefined || !isContainer(data)) return data;
  if (rest.length > 0) return withValue(data, [token], without(Reflect.get(data, token), rest));
  if (Array.isArray(data)) return data.filter((_, index) => String(index) !== token);
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== token));
}

/** Deeper properties than this are seldom anybody's business, and data may be nested as deep as it likes. */
const DEEPEST = 6;

/** The paths of all properties of objects, outer ones first. */
export function propertyPaths(data: unknown, above: Path = []): readonly Path[] {
  if (!isContainer(data) || above.length >= DEEPEST) return [];
  return Object.entries(data).flatMap(([name, value]) => {
    const path = [...above, name];
    const inside = propertyPaths(value, path);
    return Array.isArray(data) ? inside : [path, ...inside];
  });
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** JSON in one line for every reader: what some of them take for the end of a line is escaped. */
export function toJson(data: unknown): string {
  return JSON.stringify(data).replace(
    /[\u0085\u2028\u2029]/g,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Parsed, or undefined for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
