import { reduceList } from "./reduce-list.ts";

type Holds = (value: unknown) => boolean;

/** Deeper values are taken or left as they are. */
const MAX_DEPTH = 64;

/**
 * The smallest JSON value that still holds: fewer properties and elements, then, inside them, shorter text and smaller
 * numbers. `holds` is asked with the whole value each time.
 */
export function reduceData(value: unknown, holds: Holds): unknown {
  return reduceTexts(reduceStructure(value, holds, 0), holds, 0);
}

function reduceStructure(value: unknown, holds: Holds, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth === MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [...reduceList(value, holds)];
    return inEach(items, (index, item) => reduceStructure(item, (other) => holds(items.with(index, other)), depth + 1));
  }
  const entries = reduceList(Object.entries(value), (left) => holds(objectOf(left))).map(
    (entry) => [...entry] as const,
  );
  return reduceProperties(entries, (next, item) => reduceStructure(item, next, depth + 1), holds);
}

function reduceTexts(value: unknown, holds: Holds, depth: number): unknown {
  if (typeof value === "string") return reduceText(value, holds);
  if (typeof value === "number") return value !== 0 && holds(0) ? 0 : value;
  if (typeof value !== "object" || value === null || depth === MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    const items = [...value];
    return inEach(items, (index, item) => reduceTexts(item, (other) => holds(items.with(index, other)), depth + 1));
  }
  return reduceProperties(Object.entries(value), (next, item) => reduceTexts(item, next, depth + 1), holds);
}

function inEach(items: unknown[], reduce: (index: number, item: unknown) => unknown): unknown[] {
  for (let index = 0; index < items.length; index += 1) items[index] = reduce(index, items[index]);
  return items;
}

function reduceProperties(
  entries: readonly (readonly [string, unknown])[],
  reduce: (holds: Holds, item: unknown) => unknown,
  holds: Holds,
): unknown {
  const left: (readonly [string, unknown])[] = [...entries];
  for (const [index, [key, item]] of entries.entries()) {
    const withItem: Holds = (other) => holds(objectOf(left.with(index, [key, other])));
    left[index] = [key, reduce(withItem, item)];
  }
  return objectOf(left);
}

/** Own properties only, `__proto__` included. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

/** By code points, so that no half of a surrogate pair is left. */
function reduceText(text: string, holds: Holds): string {
  if (text === "") return text;
  if (holds("")) return "";
  return reduceList([...text], (left) => holds(left.join(""))).join("");
}
