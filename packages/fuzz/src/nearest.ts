import leven from "leven";

/** ` (did you mean "x"?)` for a mistyped name of a list, or nothing where none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const limit = Math.max(2, Math.floor(word.length / 3));
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: leven(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((left, right) => left.distance - right.distance);
  return nearest === undefined ? "" : ` (did you mean ${JSON.stringify(nearest.candidate)}?)`;
}
