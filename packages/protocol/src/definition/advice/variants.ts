import { toPointer } from "../../payload/pointer.ts";
import { isObject, type JsonObject, mergePatch } from "../json.ts";
import type { Problem } from "../problem.ts";

/** Variants that leave everything as it is, and removals of what is not there. */
export function* variantAdvice(definition: JsonObject): Generator<Problem> {
  const { variants, ...base } = definition;
  for (const [name, patch] of Object.entries(isObject(variants) ? variants : {})) {
    const pointer = toPointer("variants", name);
    const missing = [...removals(base, patch, pointer)];
    yield* missing;
    if (missing.length === 0 && same(mergePatch(base, patch), base)) {
      yield { pointer, onKey: true, message: `the variant ${JSON.stringify(name)} changes nothing` };
    }
  }
}

function* removals(base: unknown, patch: unknown, pointer: string): Generator<Problem> {
  if (!isObject(patch)) return;
  const known = isObject(base) ? Object.keys(base) : [];
  for (const [key, value] of Object.entries(patch)) {
    const at = pointer + toPointer(key);
    if (value !== null) yield* removals(isObject(base) ? base[key] : undefined, value, at);
    else if (!known.includes(key)) {
      const message = `the variant takes away ${JSON.stringify(key)}, which is not there`;
      yield { pointer: at, onKey: true, message, word: key, known };
    }
  }
}

/** Equal JSON; the order of keys does not matter to a merge. */
function same(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => same(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return left === right;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]))
  );
}
