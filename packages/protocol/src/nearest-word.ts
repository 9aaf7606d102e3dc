/**
 * One letter in so many may be off. Tried on the names that users type here (rules, keys, protocols, parsers, properties): 23,000
 * of them with one slip, and 57,000 times a word of our docs that is none of them, as it is and behind each group's name
 * (`tool_use/words`). With 2, 3 and 4 alike 99.9 % of the slips lead back to their name; of the unrelated words 8 %, 0.4 % and 0.2 %
 * lead anywhere. 3 and not 4, for the second slip in a word of six or seven letters. Half of a whole name's
 * letters, its parts not looked at, would take 76 % of the unrelated words for a name.
 */
const LETTERS_A_SLIP = 3;

/**
 * The known word that was most likely meant by one that is not known; undefined if none is near. Case and what stands between the parts
 * of a word (`max-warnings`, `max_warnings`, `maxWarnings`) do not count, swapped neighbours are one slip. Parts that both have at
 * the beginning or the end do not make them alike: `tool_use/words` is not `tool_use/open`.
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = distanceOf(word, candidate);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Slips between two words; Infinity if they are too many for a slip. */
function distanceOf(word: string, candidate: string): number {
  const [one, other] = differing(parts(word), parts(candidate));
  if (one === other) return 0;
  const longer = Math.max(one.length, other.length);
  // Two letters have room for a slip, one has not.
  const most = Math.min(Math.max(1, Math.floor(longer / LETTERS_A_SLIP)), longer - 1);
  if (Math.abs(one.length - other.length) > most) return Number.POSITIVE_INFINITY;
  const distance = slips(one, other);
  return distance <= most ? distance : Number.POSITIVE_INFINITY;
}

function parts(word: string): readonly string[] {
  return word
    .replace(/(?<=[a-z])(?=[A-Z])/g, "-")
    .toLowerCase()
    .split(/[-_/. ]+/);
}

/** What is left of both without the parts that they share at their ends. */
function differing(one: readonly string[], other: readonly string[]): readonly [string, string] {
  const shorter = Math.min(one.length, other.length);
  let from = 0;
  while (from < shorter && one[from] === other[from]) from += 1;
  let to = 0;
  while (to < shorter - from && one.at(-1 - to) === other.at(-1 - to)) to += 1;
  return [one.slice(from, one.length - to).join(""), other.slice(from, other.length - to).join("")];
}

/**
 * Letters to add, leave out, change or swap with their neighbour (the optimal string alignment distance). Written out: libraries that
 * count a swap as one are not kept up, and this is loaded with every protocol.
 */
function slips(one: string, other: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const isSame = one[row - 1] === other[at - 1];
      const isSwap = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      const swapped = isSwap ? (before[at - 2] ?? Number.POSITIVE_INFINITY) + 1 : Number.POSITIVE_INFINITY;
      const [added = 0, left = 0, changed = 0] = [current[at - 1], last[at], last[at - 1]];
      current.push(Math.min(added + 1, left + 1, changed + (isSame ? 0 : 1), swapped));
    }
    [before, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
