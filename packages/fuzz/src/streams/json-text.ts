import type { Dice } from "../case/dice.ts";

/** Line separators that a reader of lines may cut at: JSON can escape them, and protocols may want that. */
const SEPARATORS = /[\u0085\u2028\u2029]/g;
const NOT_ASCII = /[^\0-\x7F]/g;

/** JSON text of a value on one line, in one of the ways in which servers write it. */
export function writeJson(value: unknown, dice: Dice): string {
  // As Python's json.dumps does: spaces after separators, everything but ASCII escaped.
  const text = dice.once(6) ? spaced(value) : JSON.stringify(value);
  return text.replace(dice.once(6) ? NOT_ASCII : SEPARATORS, escaped);
}

/** The same JSON text without raw line separators. */
export function onOneLine(text: string): string {
  return text.replace(SEPARATORS, escaped);
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function spaced(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`)
    .join(", ")}}`;
}
