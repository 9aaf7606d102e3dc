import type { Dice } from "../case/dice.ts";

/**
 * A set of byte strings that can be drawn from and recognized: one definition gives a property its generator and says
 * what belongs to the property when a counterexample is made smaller.
 */
export interface Grammar {
  draw(dice: Dice): string;
  /** Source of a regular expression that matches exactly the strings of this grammar. */
  readonly pattern: string;
}

const quote = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** One of the texts as it is; name one twice to draw it twice as often. */
export function text(...texts: readonly [string, ...string[]]): Grammar {
  const [only] = texts;
  const draw = texts.length === 1 ? () => only : (dice: Dice) => dice.pick(texts);
  return { draw, pattern: `(?:${texts.map(quote).join("|")})` };
}

/** The parts one after the other. */
export function seq(...parts: readonly (Grammar | string)[]): Grammar {
  const grammars = parts.map((part) => (typeof part === "string" ? text(part) : part));
  return {
    draw(dice) {
      let drawn = "";
      for (const grammar of grammars) drawn += grammar.draw(dice);
      return drawn;
    },
    pattern: grammars.map(({ pattern }) => pattern).join(""),
  };
}

/** One of the alternatives. */
export function oneOf(...alternatives: readonly (Grammar | string)[]): Grammar {
  const grammars = alternatives.map((part) => (typeof part === "string" ? text(part) : part));
  return {
    draw: (dice) => dice.pick(grammars).draw(dice),
    pattern: `(?:${grammars.map(({ pattern }) => pattern).join("|")})`,
  };
}

/** From `least` to `most` repetitions; fewer than `least` never, so that a pattern keeps what it is about. */
export function many(part: Grammar | string, least: number, most: number): Grammar {
  const grammar = typeof part === "string" ? text(part) : part;
  return {
    draw(dice) {
      let drawn = "";
      for (let count = dice.between(least, most); count > 0; count -= 1) drawn += grammar.draw(dice);
      return drawn;
    },
    pattern: `(?:${grammar.pattern}){${least},${most}}`,
  };
}

/** The part, or nothing. */
export function maybe(part: Grammar | string): Grammar {
  return many(part, 0, 1);
}

/** Recognizes the strings of a grammar. */
export function recognizer(grammar: Grammar): (candidate: string) => boolean {
  const pattern = new RegExp(`^${grammar.pattern}$`);
  return (candidate) => pattern.test(candidate);
}

/** Draws from one grammar and recognizes by a wider pattern, where what is smallest need not be one of the parts drawn. */
export function widened(grammar: Grammar, pattern: RegExp): Grammar {
  return { draw: (dice) => grammar.draw(dice), pattern: `(?:${pattern.source})` };
}
