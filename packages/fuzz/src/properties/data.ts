import { casesOf } from "../grammar/cases.ts";
import { type Grammar, many, oneOf, seq, text } from "../grammar/grammar.ts";
import { commentLine, dataLine, idLine, letters, plainBlock } from "../grammar/pieces.ts";
import type { Needs, StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const comment = seq(":", text("", " ", ":", " :", "data: 1", " data: 1", "event: a", "a"), "\n");

const dataProperty = (
  name: string,
  title: string,
  sentence: string,
  grammar: Grammar,
  needs: readonly Needs[] = [],
): StreamProperty => ({
  name,
  title,
  clause: "HTML 9.2.6",
  sentence,
  needs,
  judge: "events",
  cases: casesOf(grammar),
});

export const data: readonly StreamProperty[] = [
  dataProperty(
    "data/empty",
    "an empty data field makes an event with empty data",
    sentences.dataless,
    many(oneOf(seq(text("data:", "data: "), "\n\n"), plainBlock()), 1, 4),
    ["text"],
  ),
  dataProperty(
    "data/empty-no-colon",
    "a data field without a colon makes an event with empty data",
    sentences.noColon,
    many(oneOf("data\n\n", plainBlock()), 1, 4),
    ["text"],
  ),
  dataProperty(
    "data/multi-line",
    "data lines are joined by LF",
    sentences.data,
    many(seq(many(dataLine(), 2, 4), "\n"), 1, 3),
  ),
  dataProperty(
    "data/empty-lines",
    "empty data lines count when lines are joined",
    sentences.trailingLineFeed,
    many(seq(many(oneOf(dataLine(), "data:\n", "data: \n"), 2, 4), "\n"), 1, 3),
    ["text"],
  ),
  dataProperty(
    "data/no-data-id",
    "a block with only an id makes no event",
    sentences.dataless,
    many(oneOf(seq(idLine, "\n"), seq("id: a\n", plainBlock())), 1, 4),
  ),
  dataProperty(
    "data/no-data-type",
    "a block with only a type makes no event",
    sentences.dataless,
    // Each event has a type of its own: a type that leaks out of a block without data is `event/leak`.
    many(oneOf(seq("event: ", letters, "\n\n"), seq("event: a\n", plainBlock())), 1, 4),
  ),
  dataProperty(
    "data/no-data-other",
    "a block of unknown fields or retry makes no event",
    sentences.dataless,
    many(oneOf(seq(text("a: 1", "a", "retry: 10"), "\n\n"), plainBlock()), 1, 4),
  ),
  dataProperty(
    "comment/block",
    "a block of comments makes no event",
    sentences.comment,
    many(oneOf(seq(many(commentLine, 1, 2), "\n"), seq(":\n\n"), plainBlock()), 1, 4),
  ),
  dataProperty(
    "comment/ignored",
    "comments are ignored wherever they stand, whatever they hold",
    sentences.comment,
    many(oneOf(seq(comment, plainBlock()), seq(dataLine(), comment, "\n")), 1, 4),
  ),
  dataProperty(
    "comment/between-data",
    "a comment between data lines joins nothing to them and splits nothing",
    sentences.comment,
    many(seq(dataLine(), comment, dataLine(), "\n"), 1, 3),
  ),
];
