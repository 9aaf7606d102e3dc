import type fc from "fast-check";
import { arbitraryCase } from "../case/arbitrary.ts";
import type { Case } from "../case/case.ts";
import type { Dice } from "../case/dice.ts";
import { allowsCuts, type CutPolicy, whole } from "./cuts.ts";
import { type Grammar, recognizer } from "./grammar.ts";

/** The cases of a grammar, cut as a policy says. */
export interface Cases {
  readonly arbitrary: fc.Arbitrary<Case>;
  /** The same cases; they may lose the space after a colon when they shrink. For parsers that are right about that. */
  readonly spaceless: fc.Arbitrary<Case>;
  /** Whether a case belongs here: a string of the grammar, with no cut that the policy does not allow. */
  readonly within: (candidate: Case) => boolean;
}

export function casesOf(grammar: Grammar, cuts: CutPolicy = whole): Cases {
  const recognizes = recognizer(grammar);
  const draw = (dice: Dice): Case => {
    const text = grammar.draw(dice);
    return { text, cuts: cuts.draw(dice, text) };
  };
  const within = ({ text, cuts: offsets }: Case): boolean => allowsCuts(cuts, text, offsets) && recognizes(text);
  const withinSpaceless = ({ text, cuts: offsets }: Case): boolean =>
    allowsCuts(cuts, text, offsets) && (recognizes(text) || recognizes(spaced(text)));
  return { arbitrary: arbitraryCase(draw, within), spaceless: arbitraryCase(draw, withinSpaceless), within };
}

/** With a space after the colon of every field that has a value and no space. */
function spaced(text: string): string {
  return text.replace(/^(data|event|id|retry):(?=[^\s])/gm, "$1: ");
}
