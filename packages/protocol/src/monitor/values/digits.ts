import { valueAt } from "../../payload/pointer.ts";
import { type JsonDifference, jsonDifference } from "./json-difference.ts";
import { LargeInteger } from "./large-integer.ts";

/**
 * Where two JSON texts, the one at a JSON Pointer, first differ in an integer that doubles cannot tell apart. Looked for only
 * where there may be one. Not found in what is nested deeper than calls can be, nor by engines that do not show how a number
 * was written (Node does since 21).
 */
export function differenceInDigits(data: string, path: string, text: string): JsonDifference | undefined {
  if (!mayHideDigits(text) && !mayHideDigits(data)) return undefined;
  try {
    return jsonDifference(valueAt(parse(data), path), parse(text));
  } catch (error) {
    // Thousands of levels: `JSON.parse` calls itself for each where it is to tell how numbers were written.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** So many digits, or an exponent: else a double tells all. */
function mayHideDigits(text: string): boolean {
  return /[\d.]{16}|\d[eE][+-]?\d{2}/.test(text);
}

function parse(text: string): unknown {
  // The third parameter is newer than the library's types.
  const revive = (_key: string, value: unknown, context?: { readonly source?: string }): unknown => {
    const unsafe = typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER;
    return unsafe && context?.source !== undefined ? (largeInteger(context.source) ?? value) : value;
  };
  return JSON.parse(text, revive);
}

function largeInteger(source: string): LargeInteger | undefined {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
  const digits = whole + fraction;
  let first = 0;
  while (digits[first] === "0") first += 1;
  let end = digits.length;
  while (end > first && digits[end - 1] === "0") end -= 1;
  const zeros = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - end);
  return zeros < 0n ? undefined : new LargeInteger(source, `${sign}${digits.slice(first, end)}e${zeros}`);
}
