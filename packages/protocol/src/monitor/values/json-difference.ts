import { toPointer } from "../../payload/pointer.ts";
import { LargeInteger } from "./large-integer.ts";

/** Where two JSON values first differ. */
export interface JsonDifference {
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

interface Pair {
  readonly left: unknown;
  readonly right: unknown;
  readonly token: string | number;
  readonly above: Pair | undefined;
}

/**
 * Compares two values that `JSON.parse` made. The order of keys does not matter, nor how a number is spelled: `1.0` is `1`, and
 * numbers that are the same double are the same (digits.ts looks closer). It keeps its own stack: values may be nested
 * deeper than calls can be.
 */
export function jsonDifference(left: unknown, right: unknown): JsonDifference | undefined {
  const stack: Pair[] = [{ left, right, token: "", above: undefined }];
  for (let pair = stack.pop(); pair !== undefined; pair = stack.pop()) {
    const children = compare(pair);
    if (children === undefined) return { path: pathOf(pair), left: pair.left, right: pair.right };
    for (const child of children) stack.push(child);
  }
  return undefined;
}

const NONE: readonly Pair[] = [];

/** The pairs inside a pair; undefined if the two differ by themselves. */
function compare(pair: Pair): readonly Pair[] | undefined {
  const { left, right } = pair;
  if (left === right) return NONE;
  if (left instanceof LargeInteger && right instanceof LargeInteger) {
    return left.canonical === right.canonical ? NONE : undefined;
  }
  if (!isContainer(left) || !isContainer(right) || Array.isArray(left) !== Array.isArray(right)) return undefined;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length || !keys.every((key) => Object.hasOwn(right, key))) return undefined;
  return keys.map((token) => ({ left: left[token], right: right[token], token, above: pair })).reverse();
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function pathOf(pair: Pair): string {
  const tokens: (string | number)[] = [];
  for (let at: Pair = pair; at.above !== undefined; at = at.above) tokens.push(at.token);
  return toPointer(...tokens.reverse());
}
