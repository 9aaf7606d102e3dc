/*
 * Bounds on what is read, so that a hostile or a wrong file costs little and is refused in plain words.
 */

/** In UTF-16 units. The largest protocol that comes with this package has 20,000; one of a full API with its schemas 1 million. */
const LONGEST_TEXT = 8 * 1024 * 1024;

/** Levels of lists and objects. Schemas by hand have 20; parsers and compilers of JSON Schema recurse, and some stacks are small. */
const DEEPEST = 256;

/** What makes a text too much to read, and at which of its UTF-16 units. */
export function excessOf(text: string): { readonly reason: string; readonly offset: number } | undefined {
  if (text.length > LONGEST_TEXT) {
    return { reason: `it is longer than ${LONGEST_TEXT / 1024 / 1024} MiB; no protocol file is`, offset: 0 };
  }
  let depth = 0;
  let inString = false;
  for (let offset = 0; offset < text.length; offset += 1) {
    const unit = text.charCodeAt(offset);
    if (unit === QUOTE) inString = !inString;
    else if (inString) offset += unit === BACKSLASH ? 1 : 0;
    else if (unit === BRACE || unit === BRACKET) {
      depth += 1;
      if (depth > DEEPEST) return { reason: `it is nested more than ${DEEPEST} levels deep`, offset };
    } else if (unit === END_BRACE || unit === END_BRACKET) depth -= 1;
  }
  return undefined;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [BRACE, END_BRACE, BRACKET, END_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/** The same for a value that is at hand. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return false;
}
