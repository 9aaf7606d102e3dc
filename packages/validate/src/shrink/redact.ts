import { reduceList } from "./reduce-list.ts";

type Holds = (values: readonly unknown[]) => boolean;

/** What is left after redacting, and what had to stay. */
export interface Redacted {
  readonly values: readonly unknown[];
  /** Texts and keys that the fault, or the protocol, needs as they are. */
  readonly kept: readonly string[];
}

/**
 * Takes the content out of JSON values: every text, key and number becomes a placeholder, the same one wherever it was the
 * same, so that ids still name each other. What cannot be replaced without losing the fault keeps its punctuation and its
 * length; what even that would lose is kept and told.
 */
export function redactValues(values: readonly unknown[], holds: Holds): Redacted {
  let left = replaceEach(values, withoutNumbers, holds);
  const stubborn: string[] = [];
  for (const [number, text] of [...textsOf(left)].entries()) {
    const replaced = mapTexts(left, (other) => (other === text ? `x${number + 1}` : other));
    if (holds(replaced)) left = replaced;
    else stubborn.push(text);
  }
  // Texts that only work together, pieces of one and the whole, are masked together. Keys of the data itself are nearly
  // always the protocol's: with them out of the way, the others stand side by side.
  const outer = new Set(
    left.flatMap((value) => (typeof value === "object" && value !== null ? Object.keys(value) : [])),
  );
  const ordered = stubborn.toSorted((one, other) => Number(outer.has(other)) - Number(outer.has(one)));
  const masked = (kept: readonly string[]): readonly unknown[] => maskAll(left, ordered, kept);
  const kept = reduceList(ordered, (some) => holds(masked(some)));
  return { values: masked(kept), kept };
}

function maskAll(values: readonly unknown[], texts: readonly string[], kept: readonly string[]): readonly unknown[] {
  const masks = new Map(texts.filter((text) => !kept.includes(text)).map((text) => [text, maskText(text)]));
  return mapTexts(values, (text) => masks.get(text) ?? text);
}

/** Letters become `x` and digits `0`, except where they are part of an escape that JSON has in a text. */
export function maskText(text: string): string {
  return text.replace(/\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]|\p{L}|\p{M}|\p{N}/gu, (unit) => {
    if (unit.startsWith("\\")) return unit;
    return /\p{N}/u.test(unit) ? "0" : "x".repeat(unit.length);
  });
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

function mapLeaves(value: unknown, leaf: (value: unknown) => unknown, key: (key: string) => string): unknown {
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
