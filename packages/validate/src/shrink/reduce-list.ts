/** Lists this short are tried without any run and any pair of items: an opening and its closing go together or not at all. */
const SHORT = 64;

/**
 * The shortest list that still holds, as far as leaving out runs of items, ever shorter ones, and pairs of items leads to it.
 * Delta debugging (Zeller and Hildebrandt, 2002), with runs that overlap, since what belongs together in a stream rarely
 * begins at a multiple of a power of two.
 */
export function reduceList<T>(items: readonly T[], holds: (items: readonly T[]) => boolean): readonly T[] {
  let left = items;
  for (let size = Math.ceil(items.length / 2); size >= 1; size >>= 1) left = withoutRuns(left, size, holds);
  for (;;) {
    const fewer = left.length > SHORT ? withoutRuns(left, 1, holds) : withoutPairs(withoutAnyRun(left, holds), holds);
    if (fewer.length === left.length) return left;
    left = fewer;
  }
}

function withoutRuns<T>(items: readonly T[], size: number, holds: (items: readonly T[]) => boolean): readonly T[] {
  let left = items;
  for (let at = 0; at < left.length; ) {
    const fewer = [...left.slice(0, at), ...left.slice(at + size)];
    if (holds(fewer)) left = fewer;
    else at += Math.max(1, size >> 1);
  }
  return left;
}

function withoutAnyRun<T>(items: readonly T[], holds: (items: readonly T[]) => boolean): readonly T[] {
  let left = items;
  for (let size = left.length; size >= 1; size = Math.min(size - 1, left.length)) {
    for (let at = 0; at + size <= left.length; at += 1) {
      const fewer = [...left.slice(0, at), ...left.slice(at + size)];
      if (holds(fewer)) left = fewer;
    }
  }
  return left;
}

function withoutPairs<T>(items: readonly T[], holds: (items: readonly T[]) => boolean): readonly T[] {
  let left = items;
  for (let first = 0; first < left.length; first += 1) {
    for (let second = first + 1; second < left.length; second += 1) {
      const fewer = left.filter((_, index) => index !== first && index !== second);
      if (!holds(fewer)) continue;
      left = fewer;
      second = first;
    }
  }
  return left;
}
