import leven from "leven";

/** The word of a list that was most likely meant: at most half of its letters differ. Undefined if none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, distance: leven(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= candidate.length / 2)
    .sort((one, other) => one.distance - other.distance);
  return best?.candidate;
}
