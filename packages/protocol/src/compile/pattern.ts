/**
 * Patterns name events: `t`, `t[subtype]`, `t[*]`, `prefix*` or `*`. The most specific pattern wins:
 * `t[s]` > `t[*]` > `t` > longer prefix > shorter prefix > `*`.
 */
export interface Pattern {
  readonly text: string;
  /** The type, or what it begins with. */
  readonly name: string;
  readonly prefix: boolean;
  /** One subtype, any subtype, or (undefined) with and without. */
  readonly subtype: string | typeof ANY | undefined;
  /** A higher rank is more specific. */
  readonly rank: number;
}

/** `[*]`: any subtype. */
export const ANY: unique symbol = Symbol("any subtype");

/** A subtype that no pattern names. There is one plan for all of them, so that data cannot fill a cache. */
export const OTHER: unique symbol = Symbol("a subtype that no pattern names");

/** What is known of an event when it is matched: its type, and its subtype if it has one. */
export interface Variant {
  readonly name: string;
  readonly subtype: string | typeof OTHER | undefined;
}

/** Ranks of exact names stand above the length of any prefix. */
const EXACT = 1_000_000;

export function parsePattern(text: string): Pattern {
  if (text.endsWith("*")) {
    const name = text.slice(0, -1);
    return { text, name, prefix: true, subtype: undefined, rank: name.length };
  }
  const bracket = text.endsWith("]") ? text.indexOf("[") : -1;
  if (bracket === -1) return { text, name: text, prefix: false, subtype: undefined, rank: EXACT };
  const name = text.slice(0, bracket);
  const subtype = text.slice(bracket + 1, -1);
  if (subtype === "*") return { text, name, prefix: false, subtype: ANY, rank: 2 * EXACT };
  return { text, name, prefix: false, subtype, rank: 3 * EXACT };
}

export function matches(pattern: Pattern, variant: Variant): boolean {
  if (pattern.prefix) return variant.name.startsWith(pattern.name);
  if (pattern.name !== variant.name) return false;
  if (pattern.subtype === ANY) return variant.subtype !== undefined;
  return pattern.subtype === undefined || pattern.subtype === variant.subtype;
}

/** The value of the most specific pattern that matches. */
export function mostSpecific<T>(entries: readonly (readonly [Pattern, T])[], variant: Variant): T | undefined {
  let best: readonly [Pattern, T] | undefined;
  for (const entry of entries) {
    if (matches(entry[0], variant) && (best === undefined || entry[0].rank > best[0].rank)) best = entry;
  }
  return best?.[1];
}

/** Does every event that `inner` matches also match `outer`? */
export function covers(outer: Pattern, inner: Pattern): boolean {
  if (outer.prefix) return inner.name.startsWith(outer.name);
  if (inner.prefix || outer.name !== inner.name) return false;
  if (outer.subtype === ANY) return inner.subtype !== undefined;
  return outer.subtype === undefined || outer.subtype === inner.subtype;
}

/** One pattern, a list, or the keys of an object, as the file has them. */
export function parsePatterns(
  patterns: string | readonly string[] | Readonly<Record<string, unknown>> | undefined,
): readonly Pattern[] {
  if (patterns === undefined) return [];
  if (typeof patterns === "string") return [parsePattern(patterns)];
  return (isList(patterns) ? patterns : Object.keys(patterns)).map(parsePattern);
}

function isList(patterns: readonly string[] | Readonly<Record<string, unknown>>): patterns is readonly string[] {
  return Array.isArray(patterns);
}
