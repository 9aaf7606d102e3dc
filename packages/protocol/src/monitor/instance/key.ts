/** What tells the instances of one bay apart; the empty string where the scope has no key. */
export type Key = string | number | boolean;

/** The key of every instance of a scope without keys. */
export const NO_KEY = "";

/** A bound on the number of keys bounds the memory only if a long key counts for several: one for each so many characters. */
const CHARACTERS = 64;

export function weight(key: Key): number {
  return typeof key === "string" ? 1 + Math.floor(key.length / CHARACTERS) : 1;
}
