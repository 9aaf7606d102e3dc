import type { Place } from "../definition/protocol-file.ts";
import { pointerTokens } from "../payload/pointer.ts";
import { mostSpecific, parsePattern, type Variant } from "./pattern.ts";

/** A JSON Pointer, split once. */
export interface Pointer {
  readonly text: string;
  readonly tokens: readonly string[];
  /** The only token of a pointer of one, if no object or list has it by birth: nearly all of them. */
  readonly plain: string | undefined;
}

const INDEX = /^(0|[1-9]\d*)$/;

export function compilePointer(text: string): Pointer {
  const tokens = pointerTokens(text);
  const [first] = tokens;
  const plain = tokens.length === 1 && first !== undefined && isPlain(first) ? first : undefined;
  return { text, tokens, plain };
}

/** `constructor`, `length`, `__proto__` and the like must be looked for with more care. */
function isPlain(token: string): boolean {
  return !(token in Object.prototype) && !(token in Array.prototype);
}

/** The value that a pointer names, or undefined. */
export function valueAt(data: unknown, pointer: Pointer): unknown {
  if (pointer.plain !== undefined) return isRecord(data) ? data[pointer.plain] : undefined;
  let value = data;
  for (const token of pointer.tokens) {
    if (!isRecord(value) || !Object.hasOwn(value, token)) return undefined;
    if (Array.isArray(value) && !INDEX.test(token)) return undefined;
    value = value[token];
  }
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Where a place is on one kind of event: a bare pointer holds for own events, a map for whatever it names. */
export function resolvePlace(place: Place, variant: Variant, own: boolean): Pointer | undefined {
  if (typeof place === "string") return own ? compilePointer(place) : undefined;
  const entries = Object.entries(place).map(([pattern, pointer]) => [parsePattern(pattern), pointer] as const);
  const pointer = mostSpecific(entries, variant);
  return pointer === undefined ? undefined : compilePointer(pointer);
}
