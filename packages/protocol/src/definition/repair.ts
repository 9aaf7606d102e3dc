import { nearestWord } from "../nearest-word.ts";
import { pointerTokens } from "../payload/pointer.ts";
import { isObject } from "./json.ts";
import type { Problem } from "./problem.ts";

/**
 * The definition with what its structure has wrong put right where that is plain, so that the rest can be looked at as well: a
 * key or a word that is nearly right becomes the right one, a key that nobody knows goes.
 */
export function repaired(definition: unknown, problems: readonly Problem[]): unknown {
  if (problems.length === 0 || !isObject(definition)) return definition;
  const copy: unknown = structuredClone(definition);
  for (const { pointer, onKey, word, known = [] } of problems) {
    const tokens = pointerTokens(pointer);
    const last = tokens.pop();
    const parent = objectAt(copy, tokens);
    if (last === undefined || word === undefined || parent === undefined) continue;
    const right = nearestWord(word, known);
    if (onKey !== true) {
      if (right !== undefined) parent.set(last, right);
    } else if (right !== undefined && !parent.has(right)) parent.rename(last, right);
    else parent.remove(last);
  }
  return copy;
}

interface Editable {
  has(key: string): boolean;
  set(key: string, value: unknown): void;
  rename(from: string, to: string): void;
  remove(key: string): void;
}

function objectAt(root: unknown, tokens: readonly string[]): Editable | undefined {
  let at: unknown = root;
  for (const token of tokens) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, token)) return undefined;
    at = Reflect.get(at, token);
  }
  if (typeof at !== "object" || at === null) return undefined;
  const object = at;
  const put = (key: string, value: unknown): unknown =>
    Reflect.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  return {
    has: (key) => Object.hasOwn(object, key),
    set: put,
    rename: (from, to) => {
      put(to, Reflect.get(object, from));
      Reflect.deleteProperty(object, from);
    },
    remove: (key) => Reflect.deleteProperty(object, key),
  };
}
