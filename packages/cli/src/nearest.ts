/** The name that was most likely meant: at most half of its letters differ. */
export async function nearestOf(name: string, known: readonly string[]): Promise<string | undefined> {
  const { default: leven } = await import("leven");
  const [best] = known
    .map((candidate) => ({ candidate, distance: leven(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= candidate.length / 2)
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}
