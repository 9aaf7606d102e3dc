import { utf8 } from "../case/case.ts";
import { casesOf } from "../grammar/cases.ts";
import { anywhere } from "../grammar/cuts.ts";
import { type Grammar, many, maybe, oneOf, seq, text, widened } from "../grammar/grammar.ts";
import { digits, letters } from "../grammar/pieces.ts";
import type { StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const end = text("\n", "\n", "\n", "\r\n", "\r");
const mark = utf8("\ufeff");
const piece = oneOf(
  digits,
  letters,
  text(" ", ":", "\t", "data: ", "\0", "\v", "\f", utf8("é"), utf8("😀"), utf8("\u2028"), utf8("\u0085"), mark),
  text("\x80", "\xe2\x82", "\xed\xa0\x80", "\xf0\x9f\x98", "\xff"),
);
const value = many(piece, 0, 3);
const name = text(
  "data",
  "data",
  "data",
  "data",
  "event",
  "event",
  "id",
  "id",
  "retry",
  "",
  "a",
  "Data",
  "dat",
  "__proto__",
);
const line = oneOf(seq("data: ", digits), seq(maybe(text(" ", mark)), name, text(":", ": ", ": ", ":  ", ""), value));
const block = seq(many(seq(line, end), 0, 4), end);

const tokens = many(
  oneOf(
    text("data", "data:", "data: ", "event:", "id:", "retry:", ":", " ", "\n", "\n", "\r", "\r\n", "\n\n", "\r\n\r\n"),
    piece,
  ),
  1,
  24,
);

// Finished by an LF, so that an end that parsers are known to differ at stays with its own properties; without an empty
// retry, which the standard leaves to the reader.
const finished = (grammar: Grammar): Grammar => {
  const ended = seq(maybe(mark), grammar, "\n\n");
  const draw: Grammar["draw"] = (dice) => ended.draw(dice).replace(/retry(?::? ?)(?=[\r\n])/g, "retry: 1");
  return widened({ ...ended, draw }, /(?![\0-\xff]*retry:? ?[\r\n])[\0-\xff]*\n\n/);
};

const mixedProperty = (name: string, title: string, grammar: Grammar): StreamProperty => ({
  name: `mixed/${name}`,
  title,
  clause: "HTML 9.2.6",
  sentence: sentences.inOrder,
  needs: [],
  judge: "events",
  cases: casesOf(finished(grammar), anywhere),
});

export const mixed: readonly StreamProperty[] = [
  mixedProperty("blocks", "everything at once, in blocks", many(block, 1, 4)),
  mixedProperty("tokens", "everything at once, in any order", tokens),
];
