import { utf8 } from "../case/case.ts";
import { casesOf } from "../grammar/cases.ts";
import { type CutPolicy, cutsWhere } from "../grammar/cuts.ts";
import { type Grammar, many, oneOf, seq, text } from "../grammar/grammar.ts";
import { dataLine, digits, plainBlock } from "../grammar/pieces.ts";
import type { StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const mark = utf8("\ufeff");
const blocks = many(plainBlock(), 1, 3);
const afterwards = many(plainBlock(), 0, 2);

// `<mark>data` is no field that the standard knows; the second line gives the block its data whatever becomes of the first.
const markedLine = seq(mark, dataLine());
const blockWithMarkedLine = seq(markedLine, dataLine(), "\n");

const atTheStart = cutsWhere((_, offset) => offset <= 6);
const beforeMarks = cutsWhere((text, offset) => text.startsWith(mark, offset));

const byteOrderMark = (name: string, title: string, grammar: Grammar, cuts?: CutPolicy): StreamProperty => ({
  name: `bom/${name}`,
  title,
  clause: "HTML 9.2.6",
  sentence: sentences.byteOrderMark,
  needs: [],
  judge: "events",
  cases: casesOf(grammar, cuts),
});

export const byteOrderMarks: readonly StreamProperty[] = [
  byteOrderMark("first", "a byte order mark at the start is taken away", seq(mark, blocks)),
  byteOrderMark(
    "first-cut",
    "a byte order mark at the start is taken away when chunks cut it",
    seq(mark, blocks),
    atTheStart,
  ),
  byteOrderMark(
    "second",
    "a second byte order mark belongs to the first line",
    seq(mark, blockWithMarkedLine, afterwards),
  ),
  byteOrderMark(
    "second-cut",
    "a second byte order mark belongs to the first line when chunks cut either",
    seq(mark, blockWithMarkedLine, afterwards),
    atTheStart,
  ),
  byteOrderMark(
    "later",
    "a byte order mark at the start of a later line belongs to it",
    seq(many(text(":\n", ": a\n"), 1, 2), blockWithMarkedLine),
  ),
  {
    // The last event only: what blank lines make is another property.
    ...byteOrderMark(
      "block-start",
      "a byte order mark at the start of a later block belongs to its first line",
      seq(many(plainBlock(), 0, 1), many("\n", 1, 3), blockWithMarkedLine),
    ),
    judge: "last-event",
  },
  byteOrderMark(
    "in-value",
    "a byte order mark in a value belongs to the value",
    many(seq("data: ", oneOf(seq(mark, digits), seq(digits, mark)), "\n\n"), 1, 3),
  ),
  byteOrderMark(
    "chunk-start",
    "a byte order mark at the start of a later chunk is kept",
    many(seq("data: ", digits, mark, digits, "\n\n"), 1, 3),
    beforeMarks,
  ),
];
