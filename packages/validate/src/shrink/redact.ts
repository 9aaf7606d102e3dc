type Holds = (values: readonly unknown[]) => boolean;

/**
 * Takes the content out of JSON values: every number becomes 0, every text and key a placeholder, the same one wherever it
 * was the same, so that ids still name each other. What cannot be replaced without losing the fault is left as it is.
 */
export function redactValues(values: readonly unknown[], holds: Holds): readonly unknown[] {
  let left = replaceEach(values, withoutNumbers, holds);
  for (const [number, text] of [...textsOf(left)].entries()) {
    const replaced = mapTexts(left, (other) => (other === text ? `x${number + 1}` : other));
    if (holds(replaced)) left = replaced;
  }
  return left;
}

function replaceEach(
  values: readonly unknown[],
  replace: (value: unknown) => unknown,
  holds: Holds,
): readonly unknown[] {
  let left = values;
  for (const [index, value] of values.entries()) {
    const replaced = left.with(index, replace(value));
    if (holds(replaced)) left = replaced;
  }
  return left;
}

function withoutNumbers(value: unknown): unknown {
  return mapLeaves(
    value,
    (leaf) => (typeof leaf === "number" ? 0 : leaf),
    (key) => key,
  );
}

function mapTexts(values: readonly unknown[], replace: (text: string) => string): readonly unknown[] {
  return values.map((value) => mapLeaves(value, (leaf) => (typeof leaf === "string" ? replace(leaf) : leaf), replace));
}

/** The same value with other leaves and other keys. */
export function mapLeaves(value: unknown, leaf: (value: unknown) => unknown, key: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, leaf, key));
  if (typeof value !== "object" || value === null) return leaf(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [key(name), mapLeaves(item, leaf, key)]));
}

/** Every text and every key, once, in order. The empty one says nothing. */
function textsOf(values: readonly unknown[]): ReadonlySet<string> {
  const found = new Set<string>();
  const note = (text: string): string => {
    if (text !== "") found.add(text);
    return text;
  };
  mapTexts(values, note);
  return found;
}
