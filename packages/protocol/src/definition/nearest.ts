import leven from "leven";

/** At most this many letters may differ, and never more than a third of the word: `opn` is `open`, `foo` is not `from`. */
const MOST = 3;

/** The known word that was most likely meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.min(MOST, Math.floor(word.length / 3))) + 1;
  for (const candidate of known) {
    const distance = letters(word) === letters(candidate) ? 1 : leven(word, candidate, { maxDistance: least });
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Swapped letters are one slip, not two. */
function letters(word: string): string {
  return [...word.toLowerCase()].sort((a, b) => (a < b ? -1 : 1)).join("");
}
