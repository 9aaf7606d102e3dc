import type { Shows } from "../adapters/adapter.ts";
import type { SavedTape } from "../counterexample/saved-case.ts";
import { FuzzError } from "../error.ts";
import { type FuzzOptions, type FuzzResult, runFuzz } from "./run-fuzz.ts";

export interface AgainOptions
  extends Pick<FuzzOptions, "folder" | "timeLimitMs" | "shows" | "signal" | "onUnusable" | "onResult"> {
  /** Whom the tapes are played to. Default: each to the target that it was found in. */
  readonly targets?: readonly string[];
}

interface Group {
  readonly target: string;
  readonly shows: Partial<Shows> | undefined;
  readonly played: readonly SavedTape[];
}

/**
 * Plays saved tapes to parsers and judges each by the property that it was found under: a result a tape, in their order, with
 * the verdict `bug` while the parser still fails. Throws a `FuzzError` for a tape that names no target if none is given.
 */
export async function playAgain(tapes: readonly SavedTape[], options: AgainOptions = {}): Promise<FuzzResult> {
  const { targets, ...rest } = options;
  // Tapes for the same parser, of which the same is known, are played in one thread.
  const groups = new Map<string, Group>();
  for (const tape of tapes) {
    for (const target of targets ?? [targetOf(tape)]) {
      const shows = rest.shows ?? (targets === undefined ? tape.facts?.shows : undefined);
      const key = JSON.stringify([target, shows]);
      groups.set(key, { target, shows, played: [...(groups.get(key)?.played ?? []), tape] });
    }
  }
  const results: FuzzResult[] = [];
  for (const { target, shows, played } of groups.values()) {
    results.push(await runFuzz([target], { ...rest, ...(shows && { shows }), seed: 0, played }));
  }
  return { ok: results.every(({ ok }) => ok), seed: 0, targets: results.flatMap((result) => result.targets) };
}

function targetOf({ file, facts }: SavedTape): string {
  if (facts !== undefined) return facts.target;
  throw new FuzzError(
    "bad-options",
    `${file} does not say which parser it is for; name one, as in: ssert fuzz ./my-parser.mjs --again ${file}`,
  );
}
