import { utf8 } from "../case/case.ts";
import { casesOf } from "../grammar/cases.ts";
import { type CutPolicy, insideCharacters } from "../grammar/cuts.ts";
import { type Grammar, many, maybe, oneOf, seq, text, widened } from "../grammar/grammar.ts";
import { digits, plainBlock } from "../grammar/pieces.ts";
import type { Clause, StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const valued = (value: Grammar): Grammar => many(seq("data: ", value, "\n\n"), 1, 4);

// Of two, three and four bytes, with the first and last of each length and both neighbours of the surrogates.
const character = text(
  utf8("é"),
  utf8("\u0080"),
  utf8("\u07ff"),
  utf8("\u0800"),
  utf8("€"),
  utf8("\ud7ff"),
  utf8("\ue000"),
  utf8("\ufffd"),
  utf8("\uffff"),
  utf8("😀"),
  utf8("\u{10ffff}"),
);
const characters = many(oneOf(character, digits), 1, 3);

// Lone continuation bytes, overlong forms, surrogates, beyond U+10FFFF, bytes that UTF-8 never uses, sequences broken off.
const illFormed = text(
  ...([
    "\x80",
    "\xbf",
    "\xc0\xaf",
    "\xc2",
    "\xe0\x80\x80",
    "\xe2\x82",
    "\xe2",
    "\xed\xa0\x80",
    "\xf0\x80\x80\x80",
  ] as const),
  ...([
    "\xf0\x9f\x98",
    "\xf0\x9f",
    "\xf4\x90\x80\x80",
    "\xf5\x80\x80\x80",
    "\xff",
    "\xfe",
    "\xf8\x88\x80\x80\x80",
  ] as const),
);
const illFormedValue = widened(many(oneOf(illFormed, digits, character), 1, 3), /[\x80-\xff1-9]*/);

const separators = text("\v", "\f", "\x1c", "\x1d", "\x1e", utf8("\u0085"), utf8("\u2028"), utf8("\u2029"));
const controls = text("\x01", "\x07", "\b", "\x1b", "\x1f", "\x7f", utf8("\u009f"));
const around = (inner: Grammar): Grammar => valued(seq(maybe(digits), inner, maybe(digits)));

const textProperty = (
  name: string,
  title: string,
  clause: Clause,
  sentence: string,
  grammar: Grammar,
  cuts?: CutPolicy,
): StreamProperty => ({
  name,
  title,
  clause,
  sentence,
  needs: ["text"],
  judge: "events",
  cases: casesOf(grammar, cuts),
});

export const texts: readonly StreamProperty[] = [
  textProperty("utf8/whole", "text is UTF-8", "HTML 9.2.6", sentences.decode, valued(characters)),
  textProperty(
    "utf8/cut",
    "chunks may cut a character",
    "HTML 9.2.6",
    sentences.decode,
    valued(characters),
    insideCharacters,
  ),
  textProperty(
    "utf8/ill-formed",
    "each ill-formed sequence becomes one U+FFFD, and takes nothing after it along",
    "Encoding 6",
    sentences.replacement,
    valued(illFormedValue),
  ),
  textProperty(
    "utf8/ill-formed-cut",
    "each ill-formed sequence becomes one U+FFFD when chunks cut it",
    "Encoding 6",
    sentences.replacement,
    valued(illFormedValue),
    insideCharacters,
  ),
  textProperty(
    "text/separators",
    "U+2028, U+2029, U+0085, VT, FF and FS to RS end no line",
    "HTML 9.2.6",
    sentences.lineEnds,
    around(separators),
  ),
  textProperty("text/controls", "control characters are text", "HTML 9.2.6", sentences.data, around(controls)),
  textProperty("text/null", "a NUL in data is text", "HTML 9.2.6", sentences.data, around(text("\0"))),
  textProperty(
    "text/trailing",
    "white space of Unicode at either end of a value is kept",
    "HTML 9.2.6",
    sentences.value,
    seq(plainBlock(), valued(oneOf(seq(digits, text(utf8("\u00a0"), utf8("\u3000"))), seq(utf8("\u00a0"), digits)))),
  ),
];
