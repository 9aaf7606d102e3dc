import fc from "fast-check";
import type { Case } from "./case.ts";
import { Dice } from "./dice.ts";
import { smallerCases } from "./shrink.ts";

/**
 * A fast-check arbitrary of cases: `draw` makes one, `within` says which cases belong to it.
 *
 * Shrinking goes over bytes and cuts and stays `within`: a counterexample of a property about CRLF never becomes one about
 * a lone CR, so that two bugs of one parser are not taken for each other.
 */
export function arbitraryCase(draw: (dice: Dice) => Case, within: (candidate: Case) => boolean): fc.Arbitrary<Case> {
  return new CaseArbitrary(draw, within);
}

class CaseArbitrary extends fc.Arbitrary<Case> {
  readonly #draw: (dice: Dice) => Case;
  readonly #within: (candidate: Case) => boolean;

  constructor(draw: (dice: Dice) => Case, within: (candidate: Case) => boolean) {
    super();
    this.#draw = draw;
    this.#within = within;
  }

  override generate(random: fc.Random): fc.Value<Case> {
    return new fc.Value(this.#draw(new Dice(random)), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Case {
    return typeof value === "object" && value !== null && "text" in value && "cuts" in value;
  }

  override shrink(value: Case): fc.Stream<fc.Value<Case>> {
    return fc
      .stream(smallerCases(value))
      .filter(this.#within)
      .map((smaller) => new fc.Value(smaller, undefined));
  }
}
